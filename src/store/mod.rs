//! What khabar keeps between runs: the corpus of the last run. Never in the corpus folder.
