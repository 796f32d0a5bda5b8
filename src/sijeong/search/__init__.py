"""Finding Korean text: one index a government, replicas that follow the queue.

This room knows governments and opaque documents. What a document says, and who may find it, the rooms above tell by a
``Source`` (setting SEARCH_SOURCES); they call ``outbox.changed`` in the transaction of every change.
"""
