"""What citizens and the press see: published questions, answers, outcomes and open data."""
