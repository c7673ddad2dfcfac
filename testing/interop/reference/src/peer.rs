//! The two ends of the peer contract.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use key_utils::{Secp256k1PublicKey, Secp256k1SecretKey};
use pico_args::Arguments;
use serde_json::{json, Value};
use stratum_core::binary_sv2;
use stratum_core::codec_sv2::SerializedFrame;
use stratum_core::common_messages_sv2::{
    Protocol, SetupConnection, SetupConnectionError, SetupConnectionSuccess,
    MESSAGE_TYPE_SETUP_CONNECTION, MESSAGE_TYPE_SETUP_CONNECTION_ERROR,
    MESSAGE_TYPE_SETUP_CONNECTION_SUCCESS,
};
use stratum_core::framing_sv2::framing::{EncodableFrame, MessageFrame};
use stratum_core::noise_sv2::{Initiator, Responder};

use crate::link::{Failure, Link};

/// An extension type of the experimental range, so that no end takes the frames for messages.
const PATTERN_EXTENSION: u16 = 0x7001;
const PATTERN_MESSAGE: u8 = 0x01;

pub struct EndOptions {
    authority: Secp256k1PublicKey,
    expect_refusal: bool,
    clock_offset: i64,
    timeout: Duration,
    garbage: bool,
}

impl EndOptions {
    fn parse(arguments: &mut Arguments) -> Result<Self, pico_args::Error> {
        Ok(Self {
            authority: arguments.value_from_fn("--authority", authority_key)?,
            expect_refusal: arguments.contains("--expect-refusal"),
            clock_offset: arguments.opt_value_from_str("--clock-offset")?.unwrap_or(0),
            timeout: Duration::from_secs(arguments.opt_value_from_str("--timeout")?.unwrap_or(10)),
            garbage: arguments.contains("--garbage"),
        })
    }
}

pub struct InitiatorOptions {
    end: EndOptions,
    connect: String,
    frames: Vec<usize>,
    protocol: Protocol,
}

impl InitiatorOptions {
    pub fn parse(arguments: &mut Arguments) -> Result<Self, pico_args::Error> {
        Ok(Self {
            end: EndOptions::parse(arguments)?,
            connect: arguments.value_from_str("--connect")?,
            frames: arguments
                .opt_value_from_fn("--frames", sizes)?
                .unwrap_or_default(),
            protocol: arguments
                .opt_value_from_fn("--protocol", protocol)?
                .unwrap_or(Protocol::MiningProtocol),
        })
    }

    pub fn expectation(&self) -> Expectation {
        Expectation::of(&self.end)
    }
}

pub struct ResponderOptions {
    end: EndOptions,
    listen: String,
    authority_secret: Secp256k1SecretKey,
    cert_validity: Duration,
}

impl ResponderOptions {
    pub fn parse(arguments: &mut Arguments) -> Result<Self, pico_args::Error> {
        Ok(Self {
            end: EndOptions::parse(arguments)?,
            listen: arguments.value_from_str("--listen")?,
            authority_secret: arguments.value_from_fn("--authority-secret", authority_secret)?,
            cert_validity: Duration::from_secs(
                arguments
                    .opt_value_from_str("--cert-validity")?
                    .unwrap_or(3600),
            ),
        })
    }

    pub fn expectation(&self) -> Expectation {
        Expectation::of(&self.end)
    }
}

fn authority_key(text: &str) -> Result<Secp256k1PublicKey, String> {
    text.parse().map_err(|e: key_utils::Error| e.to_string())
}

fn authority_secret(text: &str) -> Result<Secp256k1SecretKey, String> {
    text.parse().map_err(|e: key_utils::Error| e.to_string())
}

fn sizes(text: &str) -> Result<Vec<usize>, std::num::ParseIntError> {
    text.split(',').map(str::parse).collect()
}

fn protocol(text: &str) -> Result<Protocol, String> {
    let number: u8 = text.parse().map_err(|_| format!("{text} is no number"))?;
    Protocol::try_from(number).map_err(|()| format!("the crates know no protocol {number}"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    Success,
    Refusal,
}

impl Expectation {
    fn of(end: &EndOptions) -> Self {
        if end.expect_refusal {
            Expectation::Refusal
        } else {
            Expectation::Success
        }
    }
}

/// Prints the last line and gives the exit status: 0 where what was expected happened.
pub fn report(expectation: Expectation, outcome: Result<(), Failure>) -> ExitCode {
    let (line, happened) = match outcome {
        Ok(()) => (json!({"event": "done"}), Some(Expectation::Success)),
        Err(Failure::RefusedBySelf(reason)) => (
            json!({"event": "refused", "by": "self", "reason": reason}),
            Some(Expectation::Refusal),
        ),
        Err(Failure::RefusedByPeer(reason)) => (
            json!({"event": "refused", "by": "peer", "reason": reason}),
            Some(Expectation::Refusal),
        ),
        Err(Failure::Broken(reason)) => (json!({"event": "failed", "reason": reason}), None),
    };
    say(line);
    if happened == Some(expectation) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

pub fn initiate(options: &InitiatorOptions) -> Result<(), Failure> {
    let stream = TcpStream::connect(&options.connect).map_err(broken)?;
    configure(&stream, &options.end)?;
    say(json!({"event": "connected"}));
    let initiator = Initiator::from_raw_k(options.end.authority.into_bytes())
        .map_err(|e| Failure::Broken(format!("{e:?}")))?;
    let mut link = Link::initiate(stream, initiator, options.end.clock_offset)?;
    say(json!({"event": "handshake"}));
    if options.end.garbage {
        return send_garbage(&mut link);
    }
    set_up(&mut link, options)?;
    for &size in &options.frames {
        exchange(&mut link, size)?;
    }
    Ok(())
}

fn set_up(link: &mut Link, options: &InitiatorOptions) -> Result<(), Failure> {
    let (host, port) = options
        .connect
        .rsplit_once(':')
        .ok_or_else(|| Failure::Broken("--connect is HOST:PORT".to_string()))?;
    let message = SetupConnection {
        protocol: options.protocol,
        min_version: 2,
        max_version: 2,
        flags: 0,
        endpoint_host: text(host)?,
        endpoint_port: port.parse().map_err(broken)?,
        vendor: text("stratum-core")?,
        hardware_version: text("0.6.0")?,
        firmware: text("sv2-reference-peer")?,
        device_id: text("")?,
    };
    link.send(serialize(message, MESSAGE_TYPE_SETUP_CONNECTION)?)?;
    let mut answer = expect_frame(link)?;
    match answer.header().msg_type() {
        MESSAGE_TYPE_SETUP_CONNECTION_SUCCESS => {
            let success: SetupConnectionSuccess = parse(&mut answer)?;
            say(json!({
                "event": "setup", "protocol": options.protocol as u8,
                "used_version": success.used_version, "flags": success.flags,
            }));
            Ok(())
        }
        MESSAGE_TYPE_SETUP_CONNECTION_ERROR => {
            let error: SetupConnectionError = parse(&mut answer)?;
            Err(Failure::RefusedByPeer(error.error_code.as_utf8_or_hex()))
        }
        other => Err(Failure::RefusedBySelf(format!("message type {other}"))),
    }
}

fn exchange(link: &mut Link, size: usize) -> Result<(), Failure> {
    let sent = pattern_frame(size)?;
    let expected = sent.as_bytes().to_vec();
    link.send(sent)?;
    let echoed = expect_frame(link)?;
    if echoed.as_bytes() != expected {
        return Err(Failure::Broken(format!(
            "frame of {size} came back changed"
        )));
    }
    say(json!({"event": "frame", "size": size}));
    Ok(())
}

pub fn respond(options: &ResponderOptions) -> Result<(), Failure> {
    let listener = TcpListener::bind(&options.listen).map_err(broken)?;
    let address = listener.local_addr().map_err(broken)?;
    say(json!({"event": "listening", "address": address.to_string()}));
    let (stream, _) = listener.accept().map_err(broken)?;
    configure(&stream, &options.end)?;
    say(json!({"event": "connected"}));
    let responder = Responder::from_authority_kp(
        &options.end.authority.into_bytes(),
        &options.authority_secret.into_bytes(),
        options.cert_validity,
    )
    .map_err(|e| Failure::Broken(format!("authority keys: {e:?}")))?;
    let mut link = Link::respond(stream, responder, options.end.clock_offset)?;
    say(json!({"event": "handshake"}));
    if options.end.garbage {
        return send_garbage(&mut link);
    }
    accept_set_up(&mut link)?;
    while let Some(frame) = link.receive()? {
        let size = frame.header().payload_length();
        link.send(frame)?;
        say(json!({"event": "frame", "size": size}));
    }
    Ok(())
}

fn accept_set_up(link: &mut Link) -> Result<(), Failure> {
    let mut frame = expect_frame(link)?;
    if frame.header().ext_type() != 0 || frame.header().msg_type() != MESSAGE_TYPE_SETUP_CONNECTION
    {
        return Err(Failure::RefusedBySelf("not SetupConnection".to_string()));
    }
    let message: SetupConnection = parse(&mut frame)?;
    let used_version = message
        .get_version(2, 2)
        .ok_or_else(|| Failure::RefusedBySelf("protocol-version-mismatch".to_string()))?;
    let line = json!({
        "event": "setup", "protocol": message.protocol as u8,
        "used_version": used_version, "flags": message.flags,
    });
    let answer = SetupConnectionSuccess {
        used_version,
        flags: 0,
    };
    link.send(serialize(answer, MESSAGE_TYPE_SETUP_CONNECTION_SUCCESS)?)?;
    say(line);
    Ok(())
}

fn send_garbage(link: &mut Link) -> Result<(), Failure> {
    let garbage: Vec<u8> = (0..1024usize).map(|i| pattern_byte(i, 1024)).collect();
    link.send_raw(&garbage)?;
    Err(link.await_close())
}

/// Byte i of the payload of a frame of the given size.
pub fn pattern_byte(i: usize, size: usize) -> u8 {
    (i.wrapping_mul(31).wrapping_add(size) & 0xff) as u8
}

/// A frame with a payload of the given size that both ends can compute.
pub fn pattern_frame(size: usize) -> Result<SerializedFrame, Failure> {
    let length = u32::try_from(size)
        .ok()
        .filter(|length| *length < 1 << 24)
        .ok_or_else(|| Failure::Broken(format!("no frame holds {size} bytes")))?;
    let mut bytes = PATTERN_EXTENSION.to_le_bytes().to_vec();
    bytes.push(PATTERN_MESSAGE);
    bytes.extend_from_slice(&length.to_le_bytes()[..3]);
    bytes.extend((0..size).map(|i| pattern_byte(i, size)));
    SerializedFrame::from_bytes(bytes).map_err(|hint| Failure::Broken(hint.to_string()))
}

fn serialize<T: binary_sv2::Serialize + binary_sv2::GetSize>(
    message: T,
    message_type: u8,
) -> Result<SerializedFrame, Failure> {
    let frame = MessageFrame::from_message(message, message_type, 0, false)
        .map_err(|e| Failure::Broken(format!("{e:?}")))?;
    let mut bytes = vec![0; frame.encoded_length()];
    frame
        .encode_into(&mut bytes)
        .map_err(|e| Failure::Broken(format!("{e:?}")))?;
    SerializedFrame::from_bytes(bytes).map_err(|hint| Failure::Broken(hint.to_string()))
}

fn parse<'a, T: binary_sv2::Deserialize<'a>>(frame: &'a mut SerializedFrame) -> Result<T, Failure> {
    binary_sv2::from_bytes(frame.payload()).map_err(|e| Failure::RefusedBySelf(e.to_string()))
}

fn expect_frame(link: &mut Link) -> Result<SerializedFrame, Failure> {
    link.receive()?
        .ok_or_else(|| Failure::RefusedByPeer("closed".to_string()))
}

fn text(value: &str) -> Result<binary_sv2::Str0255<'_>, Failure> {
    value.try_into().map_err(broken)
}

fn configure(stream: &TcpStream, end: &EndOptions) -> Result<(), Failure> {
    stream.set_nodelay(true).map_err(broken)?;
    stream.set_read_timeout(Some(end.timeout)).map_err(broken)?;
    stream.set_write_timeout(Some(end.timeout)).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Broken(error.to_string())
}

fn say(line: Value) {
    let mut out = std::io::stdout().lock();
    // Whoever started this program has gone when its end of the pipe is closed.
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        std::process::exit(1);
    }
}
