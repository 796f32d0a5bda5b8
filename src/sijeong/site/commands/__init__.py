"""The commands of ``sijeong``, a module each. ``sijeong.site.cli`` says where each one is."""
