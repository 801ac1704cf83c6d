//! A tree of files through the door: the only code with files and threads.
