//! What is known of the terminal, shared by the thread that hears its answers and the one that
//! draws.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::{Answers, PATIENCE, Profile, Report};

/// A terminal's profile, as answers come in.
#[derive(Debug)]
pub struct Identity {
    known: Mutex<Known>,
    complete: Condvar,
}

#[derive(Debug)]
struct Known {
    profile: Profile,
    answers: Answers,
    asked: Instant,
}

impl Identity {
    /// What is known when the questions are sent.
    #[must_use]
    pub fn asked(profile: Profile) -> Self {
        Self {
            known: Mutex::new(Known {
                profile,
                answers: Answers::default(),
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

    /// Whether the answers are complete.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.lock().answers.complete
    }

    /// Takes note of an answer; the profile if it changed.
    pub fn note(&self, report: &Report) -> Option<Profile> {
        let mut known = self.lock();
        if known.answers.complete {
            return None;
        }
        known.answers.note(report);
        if !known.answers.complete {
            return None;
        }
        let before = known.profile.clone();
        if let Some(profile) = Profile::of_answers(&known.answers) {
            // what the environment says of tmux stays true when the terminal behind it answers
            let tmux = profile.tmux || before.tmux;
            known.profile = Profile { tmux, ..profile };
        } else {
            known.profile.sure = true;
        }
        self.complete.notify_all();
        // the rest changes how little is sent, not what is seen
        let same = before.dialect == known.profile.dialect && before.marks == known.profile.marks;
        (!same).then(|| known.profile.clone())
    }

    /// Waits until the answers are complete, or until they are late. What comes later still
    /// counts.
    pub fn wait(&self) {
        let known = self.lock();
        let left = PATIENCE.saturating_sub(known.asked.elapsed());
        // an answer or none: the profile says what to do
        drop(
            self.complete
                .wait_timeout_while(known, left, |known| !known.answers.complete),
        );
    }
}
