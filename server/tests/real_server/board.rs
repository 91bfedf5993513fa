//! A board of 2016, as seen from the wire.

use crate::http::connect;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Answers every question with its text, until it is dropped.
pub(crate) struct Board {
    answer: Arc<Mutex<String>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Board {
    pub(crate) fn connect(boards: SocketAddr, answer: &str) -> Self {
        let answer = Arc::new(Mutex::new(answer.to_owned()));
        let stop = Arc::new(AtomicBool::new(false));
        let mut stream = connect(boards);
        stream.set_read_timeout(Some(std::time::Duration::from_millis(50))).expect("a deadline");
        let (says, stopped) = (Arc::clone(&answer), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            let mut question = Vec::new();
            let mut byte = [0];
            while !stopped.load(Ordering::Relaxed) {
                match stream.read(&mut byte) {
                    Ok(0) => break,
                    Ok(_) => question.push(byte[0]),
                    Err(_) => continue,
                }
                if question.ends_with(b"datas#") {
                    question.clear();
                    let answer = says.lock().expect("the answer").clone();
                    if stream.write_all(answer.as_bytes()).is_err() {
                        break;
                    }
                }
            }
        });
        Self { answer, stop, thread: Some(thread) }
    }

    pub(crate) fn says(&self, answer: &str) {
        answer.clone_into(&mut self.answer.lock().expect("the answer"));
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
