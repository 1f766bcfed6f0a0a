//! Work shared among threads, with its results in the order of the work.
//!
//! One thread reads the pieces, some work on them, and the caller's gets the answers: each piece has a channel of its own for its answer, and
//! the channels wait in line. The line is bounded, so whoever writes slowly slows the reader. The threads are left behind when the caller has
//! seen enough: one that waits for standard input could not be ended, and the process ends them. Scoped threads would wait, and a pool from a crate
//! would have no order and no bound.

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

/// Who does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workers {
    /// The caller's thread, which has no cost.
    Caller,
    /// So many threads.
    Threads(usize),
}

/// A piece on its way to a worker, and the way back.
type Job<P, A> = (P, Sender<A>);

/// What is shared by the threads.
type Work<P, A> = dyn Fn(P) -> A + Send + Sync;

impl Workers {
    /// Does the work on all pieces, until the sink has enough.
    pub(crate) fn run<P: Send + 'static, A: Send + 'static>(
        self,
        mut pieces: impl Iterator<Item = P> + Send + 'static,
        work: impl Fn(P) -> A + Send + Sync + 'static,
        sink: &mut impl Sink<A>,
    ) -> Result<(), Failure> {
        match self {
            Self::Caller => loop {
                sink.wait()?;
                let Some(piece) = pieces.next() else { return Ok(()) };
                if sink.take(work(piece))?.is_break() {
                    return Ok(());
                }
            },
            Self::Threads(count) => {
                // Some pieces more than are worked on, so that a long one keeps nobody waiting for long.
                let (line, answers) = mpsc::sync_channel(2 * count);
                let reader = spawn("reader", move || read(pieces, Arc::new(work), count, &line))?;
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

/// Hands the pieces to workers, of which there are never more than pieces.
fn read<P: Send + 'static, A: Send + 'static>(
    pieces: impl Iterator<Item = P>,
    work: Arc<Work<P, A>>,
    count: usize,
    line: &SyncSender<Receiver<A>>,
) -> Result<(), Failure> {
    let (jobs, waiting) = mpsc::channel::<Job<P, A>>();
    let waiting = Arc::new(Mutex::new(waiting));
    for (number, piece) in pieces.enumerate() {
        if number < count {
            let (work, waiting) = (Arc::clone(&work), Arc::clone(&waiting));
            spawn("worker", move || work_on(&waiting, &*work))?;
        }
        let (answer, answered) = mpsc::channel();
        // Nobody listens any more: the work is over.
        if jobs.send((piece, answer)).is_err() || line.send(answered).is_err() {
            break;
        }
    }
    Ok(())
}

fn work_on<P, A>(waiting: &Mutex<Receiver<Job<P, A>>>, work: &Work<P, A>) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((piece, answer)) = job else { return };
        // Nobody listens any more: the process is about to end.
        let _ = answer.send(work(piece));
    }
}

/// Hands the answers over in the order of the line.
fn take_all<A>(line: &Receiver<Receiver<A>>, sink: &mut impl Sink<A>) -> Result<ControlFlow<()>, Failure> {
    loop {
        let answered = match line.try_recv() {
            Err(TryRecvError::Empty) => {
                sink.wait()?;
                line.recv()
            }
            other => other.map_err(|_| RecvError),
        };
        let Ok(answered) = answered else { return Ok(ControlFlow::Continue(())) };
        let answer = answered.recv().map_err(|_| BROKEN)?;
        if sink.take(answer)?.is_break() {
            return Ok(ControlFlow::Break(()));
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
