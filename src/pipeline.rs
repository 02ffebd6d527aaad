//! ingest → annotate → corpus, with progress and cancellation. The command line and the screen
//! both load through here.
