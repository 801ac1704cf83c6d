//! The language server: findings while a text is written, in any editor that speaks the protocol.
//!
//! One thread, one loop: messages that wait are taken in first, so that a burst of keystrokes is looked at once. It
//! writes nothing to standard error, keeps no log, and changes no text by itself; what it offers to insert, a person
//! chooses.

mod actions;
mod completion;
mod diagnose;
mod hover;
mod open;
mod rule_files;
mod session;
mod setting;
mod text;

pub use session::Session;
pub use setting::{Load, Setting, Wanted};

use lsp_server::{Connection, Message};

/// Serves one client on standard input and output until it leaves.
///
/// # Errors
/// When the conversation broke off; the text holds no words of a document.
pub fn serve(load: Load<'_>) -> Result<(), String> {
    let (connection, threads) = Connection::stdio();
    let talked = talk(&connection, load);
    drop(connection);
    let closed = threads.join().map_err(|_| "a message could not be read or written".to_owned());
    talked.and(closed)
}

/// Serves the client at the other end of `connection` until it leaves.
///
/// # Errors
/// When the conversation broke off; the text holds no words of a document.
pub fn talk(connection: &Connection, load: Load<'_>) -> Result<(), String> {
    let broken = |_| "the editor did not begin or end as the protocol says".to_owned();
    let (id, asked) = connection.initialize_start().map_err(broken)?;
    let (mut session, answer) = Session::begin(&asked, load);
    connection.initialize_finish(id, answer).map_err(broken)?;
    let send = |message: Message| connection.sender.send(message).map_err(|_| "the editor went away".to_owned());
    for message in session.greet() {
        send(message)?;
    }
    while let Ok(message) = connection.receiver.recv() {
        if let Message::Request(request) = &message
            && connection.handle_shutdown(request).map_err(broken)?
        {
            return Ok(());
        }
        for message in session.take(message) {
            send(message)?;
        }
        if connection.receiver.is_empty() {
            for message in session.rest() {
                send(message)?;
            }
        }
    }
    Ok(())
}
