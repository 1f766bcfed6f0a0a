//! Work shared among threads, with its results in the order of the work.
//!
//! One thread reads the pieces, some work on them, and the caller's gets the answers: each batch of pieces has a channel of its own for its
//! answers, and the channels wait in line. The line is bounded, so whoever writes slowly slows the reader. Small pieces go in batches, since to hand one
//! over takes a tenth of the time that a page of text does. The threads are left behind when the caller has seen enough: one that waits for standard
//! input could not be ended, and the process ends them. Scoped threads would wait, and a pool from a crate would have no order and no bound.

use std::ops::ControlFlow;
use std::sync::mpsc::{self, Receiver, RecvError, Sender, SyncSender, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::cmd::Failure;

/// Where the answers go.
pub(crate) trait Sink<A> {
    /// Takes the next answer, and says whether more are wanted.
    fn take(&mut self, answer: A) -> Result<ControlFlow<()>, Failure>;

    /// Does what should be done before it is waited for more.
    fn wait(&mut self) -> Result<(), Failure>;
}

/// What is worked on.
pub(crate) trait Work: Send + 'static {
    /// How large it is, in bytes; `None` of what comes from a pipe, which is not kept waiting for more.
    fn size(&self) -> Option<usize>;
}

/// Who does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workers {
    /// The caller's thread, which has no cost.
    Caller,
    /// So many threads.
    Threads(usize),
}

/// Pieces on their way to a worker, and the way back.
type Job<P, A> = (Vec<P>, Sender<Vec<A>>);

/// What is done with a piece, by all threads.
type Task<P, A> = dyn Fn(P) -> A + Send + Sync;

impl Workers {
    /// Does the work on all pieces, until the sink has enough.
    pub(crate) fn run<P: Work, A: Send + 'static>(
        self,
        mut pieces: impl Iterator<Item = P> + Send + 'static,
        task: impl Fn(P) -> A + Send + Sync + 'static,
        sink: &mut impl Sink<A>,
    ) -> Result<(), Failure> {
        match self {
            Self::Caller => loop {
                sink.wait()?;
                let Some(piece) = pieces.next() else { return Ok(()) };
                if sink.take(task(piece))?.is_break() {
                    return Ok(());
                }
            },
            Self::Threads(count) => {
                // Some batches more than are worked on, so that a long one keeps nobody waiting for long.
                let (line, answers) = mpsc::sync_channel(2 * count);
                let reader = spawn("reader", move || read(pieces, Arc::new(task), count, &line))?;
                if take_all(&answers, sink)?.is_continue() {
                    // Without this a reader that panicked would pass for the end of the input.
                    reader.join().map_err(|_| BROKEN)??;
                }
                Ok(())
            }
        }
    }
}

const BROKEN: Failure = Failure::Usage("a thread broke down, and what it had is missing; please report this");

/// Hands the pieces to workers, of which there are never more than batches.
fn read<P: Work, A: Send + 'static>(
    mut pieces: impl Iterator<Item = P>,
    task: Arc<Task<P, A>>,
    count: usize,
    line: &SyncSender<Receiver<Vec<A>>>,
) -> Result<(), Failure> {
    let (jobs, waiting) = mpsc::channel::<Job<P, A>>();
    let waiting = Arc::new(Mutex::new(waiting));
    let batches = std::iter::from_fn(|| next_batch(&mut pieces));
    for (number, batch) in batches.enumerate() {
        if number < count {
            let (task, waiting) = (Arc::clone(&task), Arc::clone(&waiting));
            spawn("worker", move || work_on(&waiting, &*task))?;
        }
        let (answer, answered) = mpsc::channel();
        // Nobody listens any more: the work is over.
        if jobs.send((batch, answer)).is_err() || line.send(answered).is_err() {
            break;
        }
    }
    Ok(())
}

/// The next piece, and those after it while all together are small.
fn next_batch<P: Work>(pieces: &mut impl Iterator<Item = P>) -> Option<Vec<P>> {
    const SMALL: usize = 64 << 10;
    let mut batch = vec![pieces.next()?];
    let mut size = batch[0].size();
    while size.is_some_and(|size| size < SMALL) {
        let Some(next) = pieces.next() else { break };
        size = size.zip(next.size()).map(|(before, more)| before + more.max(1));
        batch.push(next);
    }
    Some(batch)
}

fn work_on<P, A>(waiting: &Mutex<Receiver<Job<P, A>>>, task: &Task<P, A>) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((batch, answers)) = job else { return };
        // Nobody listens any more: the process is about to end.
        let _ = answers.send(batch.into_iter().map(task).collect());
    }
}

/// Hands the answers over in the order of the line.
fn take_all<A>(line: &Receiver<Receiver<Vec<A>>>, sink: &mut impl Sink<A>) -> Result<ControlFlow<()>, Failure> {
    loop {
        let answered = match line.try_recv() {
            Err(TryRecvError::Empty) => {
                sink.wait()?;
                line.recv()
            }
            other => other.map_err(|_| RecvError),
        };
        let Ok(answered) = answered else { return Ok(ControlFlow::Continue(())) };
        for answer in answered.recv().map_err(|_| BROKEN)? {
            if sink.take(answer)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
}

/// Starts a thread with as much stack as the first has.
fn spawn<T: Send + 'static>(
    name: &str,
    body: impl FnOnce() -> T + Send + 'static,
) -> Result<thread::JoinHandle<T>, Failure> {
    const STACK: usize = 8 << 20;
    let thread = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(body);
    thread.map_err(|error| Failure::Value(format!("no thread can be started ({error}); pass --jobs 1")))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Most are small; each ninth comes from a pipe.
    impl Work for u64 {
        fn size(&self) -> Option<usize> {
            (!self.is_multiple_of(9)).then_some(10 << (self % 14))
        }
    }

    /// Keeps the answers, until it has enough.
    struct Kept(Vec<u64>, usize);

    impl Sink<u64> for Kept {
        fn take(&mut self, answer: u64) -> Result<ControlFlow<()>, Failure> {
            self.0.push(answer);
            Ok(if self.0.len() < self.1 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        }

        fn wait(&mut self) -> Result<(), Failure> {
            Ok(())
        }
    }

    #[test]
    fn answers_come_in_the_order_of_the_pieces() {
        let work = |piece: u64| {
            thread::sleep(Duration::from_micros(piece * 7919 % 500));
            piece * 2
        };
        let expected: Vec<u64> = (0..200).map(|piece| piece * 2).collect();
        for workers in [Workers::Caller, Workers::Threads(1), Workers::Threads(2), Workers::Threads(5)] {
            let mut kept = Kept(Vec::new(), usize::MAX);
            assert!(workers.run(0..200, work, &mut kept).is_ok());
            assert_eq!(kept.0, expected, "{workers:?}");
        }
    }

    #[test]
    fn who_has_enough_waits_for_nobody() {
        let mut kept = Kept(Vec::new(), 3);
        let endless = (0..).inspect(|&piece| {
            if piece > 90 {
                thread::park()
            }
        });
        assert!(Workers::Threads(2).run(endless, |piece| piece, &mut kept).is_ok());
        assert_eq!(kept.0, [0, 1, 2]);
    }

    #[test]
    fn a_thread_that_breaks_down_is_no_end() {
        for broken in [0, 7] {
            let work = move |piece: u64| if piece == broken { std::panic::resume_unwind(Box::new(())) } else { piece };
            assert!(Workers::Threads(2).run(0..9, work, &mut Kept(Vec::new(), usize::MAX)).is_err());
        }
        let pieces = (0..9).inspect(|&piece| {
            if piece == 5 {
                std::panic::resume_unwind(Box::new(()))
            }
        });
        assert!(Workers::Threads(2).run(pieces, |piece| piece, &mut Kept(Vec::new(), usize::MAX)).is_err());
    }
}
