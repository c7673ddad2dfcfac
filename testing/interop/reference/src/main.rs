//! The foreign end of `./ehash interop`: the Stratum V2 reference implementation's published crates
//! behind the peer contract of `testing/interop/README.md`.
//!
//! Nothing of the protocol is implemented here: Noise is `noise_sv2`, framing and encryption are
//! `codec_sv2`, messages are those of `stratum-core`. This program opens sockets, reads arguments
//! and prints what happened, one JSON object a line.

mod link;
mod messages;
mod peer;
mod replay;
mod transcript;

use pico_args::Arguments;
use std::process::ExitCode;

const USAGE: &str = "\
usage: sv2-reference-peer initiator --connect HOST:PORT --authority KEY [options]
       sv2-reference-peer responder --listen HOST:PORT --authority KEY --authority-secret KEY [options]
       sv2-reference-peer transcript
       sv2-reference-peer messages

options of both ends
  --expect-refusal       succeed if, and only if, this end or the other refuses
  --clock-offset SECONDS move this end's clock (default 0; may be negative)
  --timeout SECONDS      longest wait for the other end (default 10)
  --garbage              after the handshake, send 1024 bytes that no key has encrypted
options of the initiator
  --frames SIZE,SIZE,... payload sizes to send and to require back
  --protocol NUMBER      0 mining, 1 job declaration, 2 template distribution (default 0)
options of the responder
  --cert-validity SECONDS lifetime of the certificate (default 3600)";

fn main() -> ExitCode {
    match run(Arguments::from_env()) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: Arguments) -> Result<ExitCode, String> {
    let mode = arguments.subcommand().map_err(|e| e.to_string())?;
    match mode.as_deref() {
        Some("initiator") => {
            let options =
                peer::InitiatorOptions::parse(&mut arguments).map_err(|e| e.to_string())?;
            finish(arguments)?;
            Ok(peer::report(
                options.expectation(),
                peer::initiate(&options),
            ))
        }
        Some("responder") => {
            let options =
                peer::ResponderOptions::parse(&mut arguments).map_err(|e| e.to_string())?;
            finish(arguments)?;
            Ok(peer::report(options.expectation(), peer::respond(&options)))
        }
        Some("transcript") => {
            finish(arguments)?;
            println!("{:#}", transcript::document());
            Ok(ExitCode::SUCCESS)
        }
        Some("messages") => {
            finish(arguments)?;
            messages::print();
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => Err(format!("no mode is called {other}")),
        None => Err("a mode is needed".to_string()),
    }
}

fn finish(arguments: Arguments) -> Result<(), String> {
    match arguments.finish().as_slice() {
        [] => Ok(()),
        [first, ..] => Err(format!("unexpected argument {}", first.to_string_lossy())),
    }
}
