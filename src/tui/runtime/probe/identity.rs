//! What is known of the terminal, shared by the threads that hear its answers and the one that
//! draws.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::{Answers, Outer, PATIENCE, Profile, Report};

/// A terminal's profile, as answers come in.
#[derive(Debug)]
pub struct Identity {
    known: Mutex<Known>,
    complete: Condvar,
}

#[derive(Debug)]
struct Known {
    /// What the environment says.
    assumed: Profile,
    /// What all that is known says.
    profile: Profile,
    answers: Answers,
    /// What tmux says of the terminal that it runs in.
    outer: Option<Outer>,
    outer_due: bool,
    asked: Instant,
}

impl Known {
    fn is_complete(&self) -> bool {
        self.answers.complete && !self.outer_due
    }

    fn settle(&mut self) {
        let answered = Profile::of_answers(&self.answers).filter(|_| self.answers.complete);
        let mut profile = answered.unwrap_or_else(|| self.assumed.clone());
        // what the environment says of tmux stays true when the terminal behind it answers
        profile.tmux |= self.assumed.tmux;
        if let Some(outer) = self.outer.as_ref().filter(|_| profile.tmux) {
            profile = profile.within(outer);
        }
        profile.sure |= self.is_complete();
        self.profile = profile;
    }
}

impl Identity {
    /// What is known when the questions are sent; `outer_due` if tmux is asked, too.
    #[must_use]
    pub fn asked(assumed: Profile, outer_due: bool) -> Self {
        let mut profile = assumed.clone();
        profile.sure &= !outer_due;
        Self {
            known: Mutex::new(Known {
                assumed,
                profile,
                answers: Answers::default(),
                outer: None,
                outer_due,
                asked: Instant::now(),
            }),
            complete: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known now.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.lock().profile.clone()
    }

    /// The answers so far.
    #[must_use]
    pub fn answers(&self) -> Answers {
        self.lock().answers.clone()
    }

    /// Whether the terminal's answers are complete.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.lock().answers.complete
    }

    /// Takes note of an answer. After the last one, more change nothing.
    pub fn note(&self, report: &Report) {
        let mut known = self.lock();
        if !known.answers.complete {
            known.answers.note(report);
            known.settle();
            self.complete.notify_all();
        }
    }

    /// Takes note of what tmux said, if it said anything.
    pub fn note_outer(&self, outer: Option<Outer>) {
        let mut known = self.lock();
        known.outer = outer;
        known.outer_due = false;
        known.settle();
        self.complete.notify_all();
    }

    /// Waits until all answers are there, or until they are late. What comes later still counts.
    pub fn wait(&self) {
        let known = self.lock();
        let left = PATIENCE.saturating_sub(known.asked.elapsed());
        // an answer or none: the profile says what to do
        drop(
            self.complete
                .wait_timeout_while(known, left, |known| !known.is_complete()),
        );
    }
}
