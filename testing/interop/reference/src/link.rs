//! One encrypted connection: a blocking socket under the reference implementation's codec.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{SystemTime, UNIX_EPOCH};

use stratum_core::codec_sv2::{
    Decoded, Decrypted, ExpectsHandshakeMessage, Handshake, InitiatorSent, NoiseDecoder,
    NoiseEncoder, SerializedFrame, Transport, TransportDecryptState, TransportEncryptState,
};
use stratum_core::noise_sv2::{Initiator, Responder};

/// Why a connection did not get as far as it should have.
#[derive(Debug)]
pub enum Failure {
    /// This end found the other's bytes or certificate unacceptable.
    RefusedBySelf(String),
    /// The other end closed the connection, or said no in a message.
    RefusedByPeer(String),
    /// Neither: a timeout, an unreachable address, a wrong echo.
    Broken(String),
}

impl Failure {
    fn from_codec(error: stratum_core::codec_sv2::Error) -> Self {
        Failure::RefusedBySelf(error.to_string())
    }

    fn from_io(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => Failure::RefusedByPeer(format!("closed: {error}")),
            ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                Failure::Broken("timed out waiting for the other end".to_string())
            }
            _ => Failure::Broken(error.to_string()),
        }
    }
}

pub struct Link {
    stream: TcpStream,
    encoder: NoiseEncoder,
    decoder: NoiseDecoder,
    encrypt: TransportEncryptState,
    decrypt: Option<TransportDecryptState>,
}

impl Link {
    pub fn initiate(
        mut stream: TcpStream,
        initiator: Box<Initiator>,
        clock_offset: i64,
    ) -> Result<Self, Failure> {
        let mut encoder = NoiseEncoder::new();
        let mut decoder = NoiseDecoder::new();
        let (first, state) = Handshake::initiator(initiator)
            .step_0()
            .map_err(Failure::from_codec)?;
        write(&mut stream, encoder.encode_handshake(first).as_ref())?;
        let second = read_handshake::<InitiatorSent, _>(&mut stream, &mut decoder)?;
        let transport = state
            .step_2_with_now(second, now(clock_offset))
            .map_err(Failure::from_codec)?;
        Ok(Self::over(stream, encoder, decoder, transport))
    }

    pub fn respond(
        mut stream: TcpStream,
        responder: Box<Responder>,
        clock_offset: i64,
    ) -> Result<Self, Failure> {
        let mut encoder = NoiseEncoder::new();
        let mut decoder = NoiseDecoder::new();
        let first = read_handshake::<Responder, _>(&mut stream, &mut decoder)?;
        let (second, transport) = Handshake::responder(responder)
            .step_1_with_now_rng(first, now(clock_offset), &mut rand::thread_rng())
            .map_err(Failure::from_codec)?;
        write(&mut stream, encoder.encode_handshake(second).as_ref())?;
        Ok(Self::over(stream, encoder, decoder, transport))
    }

    fn over(
        stream: TcpStream,
        encoder: NoiseEncoder,
        decoder: NoiseDecoder,
        transport: Transport,
    ) -> Self {
        let (encrypt, decrypt) = transport.split();
        Self {
            stream,
            encoder,
            decoder,
            encrypt,
            decrypt: Some(decrypt),
        }
    }

    pub fn send(&mut self, frame: SerializedFrame) -> Result<(), Failure> {
        let bytes = self
            .encoder
            .encode_transport(frame, &mut self.encrypt)
            .map_err(Failure::from_codec)?;
        write(&mut self.stream, bytes.as_ref())
    }

    /// The next frame, or None where the other end closed between two frames.
    pub fn receive(&mut self) -> Result<Option<SerializedFrame>, Failure> {
        let mut first_read = true;
        loop {
            let mut state = self
                .decrypt
                .take()
                .ok_or_else(|| Failure::Broken("the link has failed before".to_string()))?;
            let writable = self.decoder.writable();
            if !writable.is_empty() {
                if first_read && self.stream.peek(&mut [0]).map_err(Failure::from_io)? == 0 {
                    return Ok(None);
                }
                self.stream.read_exact(writable).map_err(Failure::from_io)?;
                first_read = false;
            }
            state = match self
                .decoder
                .next_transport_frame(state)
                .map_err(Failure::from_codec)?
            {
                Decrypted::Frame(frame, state) => {
                    self.decrypt = Some(state);
                    return Ok(Some(frame));
                }
                Decrypted::Incomplete(_, state) => state,
            };
            self.decrypt = Some(state);
        }
    }

    pub fn send_raw(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        write(&mut self.stream, bytes)
    }

    /// Waits until the other end has closed; what it sends until then is dropped.
    pub fn await_close(&mut self) -> Failure {
        let mut dropped = [0; 4096];
        loop {
            match self.stream.read(&mut dropped) {
                Ok(0) => return Failure::RefusedByPeer("closed".to_string()),
                Ok(_) => {}
                Err(error) => return Failure::from_io(error),
            }
        }
    }
}

fn read_handshake<R: ExpectsHandshakeMessage, const SIZE: usize>(
    stream: &mut TcpStream,
    decoder: &mut NoiseDecoder,
) -> Result<[u8; SIZE], Failure> {
    loop {
        stream
            .read_exact(decoder.writable())
            .map_err(Failure::from_io)?;
        match decoder
            .next_handshake_frame::<R>()
            .map_err(Failure::from_codec)?
        {
            Decoded::Frame(message) => {
                return message.payload().try_into().map_err(|_| {
                    Failure::Broken(format!("{} bytes, not {SIZE}", message.payload().len()))
                })
            }
            Decoded::Incomplete(_) => {}
        }
    }
}

fn write(stream: &mut TcpStream, bytes: &[u8]) -> Result<(), Failure> {
    stream.write_all(bytes).map_err(Failure::from_io)
}

fn now(clock_offset: i64) -> u32 {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock stands after 1970")
        .as_secs() as i64;
    (seconds + clock_offset).clamp(0, i64::from(u32::MAX)) as u32
}
