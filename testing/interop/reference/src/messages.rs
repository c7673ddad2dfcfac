//! Every message of the published crates, encoded by them.
//!
//! A message is written down once and drawn three times: typical values, every field at its
//! smallest, every field at (or, where that would be megabytes, towards) its largest.

use serde_json::{json, Value};
use stratum_core::binary_sv2::{
    self, Seq0255, Seq064K, Str0255, Sv2Option, B016M, B0255, B032, B064K, U256,
};
use stratum_core::common_messages_sv2::{
    ChannelEndpointChanged, Protocol, Reconnect, SetupConnection, SetupConnectionError,
    SetupConnectionSuccess,
};
use stratum_core::extensions_sv2::{
    RequestExtensions, RequestExtensionsError, RequestExtensionsSuccess, UserIdentity,
};
use stratum_core::framing_sv2::framing::{EncodableFrame, MessageFrame};
use stratum_core::framing_sv2::header::Header;
use stratum_core::job_declaration_sv2::{
    AllocateMiningJobToken, AllocateMiningJobTokenSuccess, DeclareMiningJob, DeclareMiningJobError,
    DeclareMiningJobSuccess, ProvideMissingTransactions, ProvideMissingTransactionsSuccess,
    PushSolution,
};
use stratum_core::mining_sv2::{
    CloseChannel, NewExtendedMiningJob, NewMiningJob, OpenExtendedMiningChannel,
    OpenExtendedMiningChannelSuccess, OpenMiningChannelError, OpenStandardMiningChannel,
    OpenStandardMiningChannelSuccess, SetCustomMiningJob, SetCustomMiningJobError,
    SetCustomMiningJobSuccess, SetExtranoncePrefix, SetGroupChannel,
    SetNewPrevHash as MiningSetNewPrevHash, SetTarget, SubmitSharesError, SubmitSharesExtended,
    SubmitSharesStandard, SubmitSharesSuccess, UpdateChannel, UpdateChannelError,
};
use stratum_core::parsers_sv2::{
    AnyMessage, CommonMessages, Extensions, ExtensionsNegotiation, IsSv2Message, JobDeclaration,
    Mining, TemplateDistribution, Tlv, TlvField, TlvList,
};
use stratum_core::template_distribution_sv2::{
    CoinbaseOutputConstraints, NewTemplate, RequestTransactionData, RequestTransactionDataError,
    RequestTransactionDataSuccess, SetNewPrevHash as TemplateSetNewPrevHash, SubmitSolution,
};

type Message = AnyMessage<'static>;
type Drawing = fn(&mut Draw) -> Message;

/// Prints the vectors as one JSON document, a message a line.
pub fn print() {
    println!("{{\"source\": \"stratum-core 0.6.0 (binary_sv2 7.0.0, framing_sv2 8.0.0, parsers_sv2 0.6.0, common_messages_sv2 9.0.0, mining_sv2 12.0.0, job_declaration_sv2 10.0.0, template_distribution_sv2 7.0.0, extensions_sv2 0.3.0)\",");
    let lines: Vec<String> = vectors().iter().map(Value::to_string).collect();
    println!("\"messages\": [\n{}\n]}}", lines.join(",\n"));
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn vectors() -> Vec<Value> {
    let mut vectors = Vec::new();
    for (name, message) in MESSAGES {
        for case in [Case::Typical, Case::Smallest, Case::Largest] {
            vectors.push(vector(name, case, *message));
        }
    }
    vectors.push(vector("SetupConnection", Case::NotText, setup_connection));
    vectors.push(with_user_identity());
    vectors
}

fn vector(name: &str, case: Case, draw: Drawing) -> Value {
    let mut drawn = Draw::of(case);
    let message = draw(&mut drawn);
    let mut frame = encode(message);
    let (header, payload) = frame.split_at_mut(Header::SIZE);
    let header = Header::from_bytes(header).expect("their header reads back");
    let value = json!({
        "name": name,
        "case": case.name(),
        "extension_type": header.ext_type_without_channel_msg(),
        "channel_bit": header.channel_msg(),
        "msg_type": header.msg_type(),
        "fields": drawn.fields,
        "payload": hex(payload),
    });
    let mut copy = payload.to_vec();
    let parsed = AnyMessage::try_from((header, &mut copy[..])).expect("their parser takes it");
    assert_eq!(encode(parsed), frame, "{name} reads back as it was written");
    value
}

fn encode(message: AnyMessage) -> Vec<u8> {
    let (message_type, extension_type) = (message.message_type(), message.extension_type());
    let channel_bit = message.channel_bit();
    let frame = MessageFrame::from_message(message, message_type, extension_type, channel_bit)
        .expect("the payload is below 2^24");
    let mut bytes = vec![0; frame.encoded_length()];
    frame
        .encode_into(&mut bytes)
        .expect("the size is their own");
    bytes
}

/// Extension 0x0002's field behind a SubmitSharesExtended, appended by parsers_sv2.
fn with_user_identity() -> Value {
    let mut drawn = Draw::of(Case::Typical);
    let message = submit_shares_extended(&mut drawn);
    let identity: Tlv = UserIdentity::new("Worker_001")
        .expect("10 bytes")
        .to_tlv()
        .expect("10 bytes");
    let (extension_type, field_type) = (identity.r#type.extension_type, identity.r#type.field_type);
    let value = hex(&identity.value);
    let frame = TlvList::from_slice(&[identity])
        .and_then(|tlvs| tlvs.build_frame_bytes_with_tlvs(message))
        .expect("the message and its TLV encode");
    let header = Header::from_bytes(&frame).expect("their header reads back");
    json!({
        "name": "SubmitSharesExtended",
        "case": "with-tlv",
        "extension_type": header.ext_type_without_channel_msg(),
        "channel_bit": header.channel_msg(),
        "msg_type": header.msg_type(),
        "fields": drawn.fields,
        "tlvs": [{"extension_type": extension_type, "field_type": field_type, "value": value}],
        "payload": hex(&frame[Header::SIZE..]),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Typical,
    Smallest,
    Largest,
    NotText,
}

impl Case {
    fn name(self) -> &'static str {
        match self {
            Case::Typical => "typical",
            Case::Smallest => "smallest",
            Case::Largest => "largest",
            Case::NotText => "not-text",
        }
    }

    fn pick<T>(self, typical: T, smallest: T, largest: T) -> T {
        match self {
            Case::Typical | Case::NotText => typical,
            Case::Smallest => smallest,
            Case::Largest => largest,
        }
    }
}

/// Draws field values, each distinct from the one before, and writes them down as it goes.
struct Draw {
    case: Case,
    counter: u8,
    fields: Vec<Value>,
}

impl Draw {
    fn of(case: Case) -> Self {
        Draw {
            case,
            counter: 0,
            fields: Vec::new(),
        }
    }

    fn note(&mut self, name: &str, spec_type: &str, value: Value) {
        self.fields
            .push(json!({"name": name, "type": spec_type, "value": value}));
    }

    /// Consecutive bytes that start elsewhere at every call, so that order and width show.
    fn bytes(&mut self, size: usize) -> Vec<u8> {
        self.counter = self.counter.wrapping_add(0x11);
        (0..size)
            .map(|i| self.counter.wrapping_add(i as u8))
            .collect()
    }

    /// Bytes the crates may borrow; the program ends right after.
    fn leaked(&mut self, size: usize) -> &'static mut [u8] {
        Vec::leak(self.bytes(size))
    }

    fn number<const WIDTH: usize>(&mut self) -> [u8; WIDTH] {
        let typical = self
            .bytes(WIDTH)
            .try_into()
            .expect("the width was asked for");
        self.case.pick(typical, [0; WIDTH], [0xff; WIDTH])
    }

    fn protocol(&mut self, name: &str) -> Protocol {
        let value = self.case.pick(
            Protocol::JobDeclarationProtocol,
            Protocol::MiningProtocol,
            Protocol::TemplateDistributionProtocol,
        );
        self.note(name, "U8", json!(value as u8));
        value
    }

    fn bool(&mut self, name: &str) -> bool {
        let value = self.case.pick(true, false, true);
        self.note(name, "BOOL", json!(value));
        value
    }

    fn u16(&mut self, name: &str) -> u16 {
        let value = u16::from_le_bytes(self.number());
        self.note(name, "U16", json!(value));
        value
    }

    fn u32(&mut self, name: &str) -> u32 {
        let value = u32::from_le_bytes(self.number());
        self.note(name, "U32", json!(value));
        value
    }

    fn u64(&mut self, name: &str) -> u64 {
        let value = u64::from_le_bytes(self.number());
        self.note(name, "U64", json!(value.to_string()));
        value
    }

    fn f32(&mut self, name: &str) -> f32 {
        let value = self.case.pick(1.234_5e15, 0.0, f32::MAX);
        self.note(name, "F32", json!(f64::from(value)));
        value
    }

    fn u256_value(&mut self) -> (U256<'static>, Value) {
        let bytes: &'static mut [u8; 32] = Box::leak(Box::new(self.number()));
        let value = json!(hex(bytes));
        (U256::from(bytes), value)
    }

    fn u256(&mut self, name: &str) -> U256<'static> {
        let (wire, value) = self.u256_value();
        self.note(name, "U256", value);
        wire
    }

    fn str0_255(&mut self, name: &str) -> Str0255<'static> {
        let bytes = match self.case {
            Case::Typical => format!("{name} €").into_bytes(),
            Case::Smallest => Vec::new(),
            Case::Largest => format!("{name:z<255}").into_bytes(),
            Case::NotText => [self.bytes(4), vec![0xff, 0xc0, 0x00]].concat(),
        };
        let value = match std::str::from_utf8(&bytes) {
            Ok(text) => json!(text),
            Err(_) => json!({"hex": hex(&bytes)}),
        };
        self.note(name, "STR0_255", value);
        wire(Str0255::try_from(bytes.leak()))
    }

    fn b0_32(&mut self, name: &str) -> B032<'static> {
        let bytes = self.leaked(self.case.pick(12, 0, 32));
        self.note(name, "B0_32", json!(hex(bytes)));
        wire(B032::try_from(bytes))
    }

    fn b0_255(&mut self, name: &str) -> B0255<'static> {
        let bytes = self.leaked(self.case.pick(20, 0, 255));
        self.note(name, "B0_255", json!(hex(bytes)));
        wire(B0255::try_from(bytes))
    }

    fn b0_64k(&mut self, name: &str) -> B064K<'static> {
        let bytes = self.leaked(self.case.pick(60, 0, 515));
        self.note(name, "B0_64K", json!(hex(bytes)));
        wire(B064K::try_from(bytes))
    }

    fn option_u32(&mut self, name: &str) -> Sv2Option<'static, u32> {
        let number = u32::from_le_bytes(self.number());
        let value = (self.case != Case::Smallest).then_some(number);
        self.note(name, "OPTION[U32]", json!(value));
        Sv2Option::new(value)
    }

    fn u256s(&mut self, count: usize) -> (Vec<U256<'static>>, Value) {
        let (wire, values): (Vec<_>, Vec<_>) = (0..count).map(|_| self.u256_value()).unzip();
        (wire, json!(values))
    }

    fn seq0_255_u256(&mut self, name: &str) -> Seq0255<'static, U256<'static>> {
        let (elements, value) = self.u256s(self.case.pick(3, 0, 255));
        self.note(name, "SEQ0_255[U256]", value);
        wire(Seq0255::new(elements))
    }

    fn seq0_64k_u256(&mut self, name: &str) -> Seq064K<'static, U256<'static>> {
        let (elements, value) = self.u256s(self.case.pick(2, 0, 259));
        self.note(name, "SEQ0_64K[U256]", value);
        wire(Seq064K::new(elements))
    }

    fn seq0_64k_u16(&mut self, name: &str) -> Seq064K<'static, u16> {
        let count = self.case.pick(3, 0, 259);
        let elements: Vec<u16> = (0..count)
            .map(|_| u16::from_le_bytes(self.number()))
            .collect();
        self.note(name, "SEQ0_64K[U16]", json!(elements));
        wire(Seq064K::new(elements))
    }

    fn seq0_64k_u32(&mut self, name: &str) -> Seq064K<'static, u32> {
        let count = self.case.pick(3, 0, 259);
        let elements: Vec<u32> = (0..count)
            .map(|_| u32::from_le_bytes(self.number()))
            .collect();
        self.note(name, "SEQ0_64K[U32]", json!(elements));
        wire(Seq064K::new(elements))
    }

    fn seq0_64k_b0_16m(&mut self, name: &str) -> Seq064K<'static, B016M<'static>> {
        let sizes = self.case.pick(vec![0, 61, 300], vec![], vec![1; 259]);
        let elements: Vec<_> = sizes.into_iter().map(|size| self.leaked(size)).collect();
        let values: Vec<String> = elements.iter().map(|bytes| hex(bytes)).collect();
        self.note(name, "SEQ0_64K[B0_16M]", json!(values));
        let elements = elements
            .into_iter()
            .map(|bytes| wire(B016M::try_from(bytes)));
        wire(Seq064K::new(elements.collect()))
    }
}

fn wire<T>(value: Result<T, binary_sv2::Error>) -> T {
    value.expect("the size is within the type's")
}

fn setup_connection(draw: &mut Draw) -> Message {
    AnyMessage::Common(CommonMessages::SetupConnection(SetupConnection {
        protocol: draw.protocol("protocol"),
        min_version: draw.u16("min_version"),
        max_version: draw.u16("max_version"),
        flags: draw.u32("flags"),
        endpoint_host: draw.str0_255("endpoint_host"),
        endpoint_port: draw.u16("endpoint_port"),
        vendor: draw.str0_255("vendor"),
        hardware_version: draw.str0_255("hardware_version"),
        firmware: draw.str0_255("firmware"),
        device_id: draw.str0_255("device_id"),
    }))
}

fn submit_shares_extended(draw: &mut Draw) -> Message {
    AnyMessage::Mining(Mining::SubmitSharesExtended(SubmitSharesExtended {
        channel_id: draw.u32("channel_id"),
        sequence_number: draw.u32("sequence_number"),
        job_id: draw.u32("job_id"),
        nonce: draw.u32("nonce"),
        ntime: draw.u32("ntime"),
        version: draw.u32("version"),
        extranonce: draw.b0_32("extranonce"),
    }))
}

/// Names of messages and fields are the specification's; where the crates' differ, the struct
/// literal shows it.
const MESSAGES: &[(&str, Drawing)] = &[
    ("SetupConnection", setup_connection),
    ("SetupConnection.Success", |draw| {
        AnyMessage::Common(CommonMessages::SetupConnectionSuccess(
            SetupConnectionSuccess {
                used_version: draw.u16("used_version"),
                flags: draw.u32("flags"),
            },
        ))
    }),
    ("SetupConnection.Error", |draw| {
        AnyMessage::Common(CommonMessages::SetupConnectionError(SetupConnectionError {
            flags: draw.u32("flags"),
            error_code: draw.str0_255("error_code"),
        }))
    }),
    ("ChannelEndpointChanged", |draw| {
        AnyMessage::Common(CommonMessages::ChannelEndpointChanged(
            ChannelEndpointChanged {
                channel_id: draw.u32("channel_id"),
            },
        ))
    }),
    ("Reconnect", |draw| {
        AnyMessage::Common(CommonMessages::Reconnect(Reconnect {
            new_host: draw.str0_255("new_host"),
            new_port: draw.u16("new_port"),
        }))
    }),
    ("OpenStandardMiningChannel", |draw| {
        AnyMessage::Mining(Mining::OpenStandardMiningChannel(
            OpenStandardMiningChannel {
                request_id: draw.u32("request_id"),
                user_identity: draw.str0_255("user_identity"),
                nominal_hash_rate: draw.f32("nominal_hash_rate"),
                max_target: draw.u256("max_target"),
            },
        ))
    }),
    ("OpenStandardMiningChannel.Success", |draw| {
        AnyMessage::Mining(Mining::OpenStandardMiningChannelSuccess(
            OpenStandardMiningChannelSuccess {
                request_id: draw.u32("request_id"),
                channel_id: draw.u32("channel_id"),
                target: draw.u256("target"),
                extranonce_prefix: draw.b0_32("extranonce_prefix"),
                group_channel_id: draw.u32("group_channel_id"),
            },
        ))
    }),
    ("OpenExtendedMiningChannel", |draw| {
        AnyMessage::Mining(Mining::OpenExtendedMiningChannel(
            OpenExtendedMiningChannel {
                request_id: draw.u32("request_id"),
                user_identity: draw.str0_255("user_identity"),
                nominal_hash_rate: draw.f32("nominal_hash_rate"),
                max_target: draw.u256("max_target"),
                min_extranonce_size: draw.u16("min_extranonce_size"),
            },
        ))
    }),
    ("OpenExtendedMiningChannel.Success", |draw| {
        AnyMessage::Mining(Mining::OpenExtendedMiningChannelSuccess(
            OpenExtendedMiningChannelSuccess {
                request_id: draw.u32("request_id"),
                channel_id: draw.u32("channel_id"),
                target: draw.u256("target"),
                extranonce_size: draw.u16("extranonce_size"),
                extranonce_prefix: draw.b0_32("extranonce_prefix"),
                group_channel_id: draw.u32("group_channel_id"),
            },
        ))
    }),
    ("OpenMiningChannel.Error", |draw| {
        AnyMessage::Mining(Mining::OpenMiningChannelError(OpenMiningChannelError {
            request_id: draw.u32("request_id"),
            error_code: draw.str0_255("error_code"),
        }))
    }),
    ("UpdateChannel", |draw| {
        AnyMessage::Mining(Mining::UpdateChannel(UpdateChannel {
            channel_id: draw.u32("channel_id"),
            nominal_hash_rate: draw.f32("nominal_hash_rate"),
            maximum_target: draw.u256("maximum_target"),
        }))
    }),
    ("UpdateChannel.Error", |draw| {
        AnyMessage::Mining(Mining::UpdateChannelError(UpdateChannelError {
            channel_id: draw.u32("channel_id"),
            error_code: draw.str0_255("error_code"),
        }))
    }),
    ("CloseChannel", |draw| {
        AnyMessage::Mining(Mining::CloseChannel(CloseChannel {
            channel_id: draw.u32("channel_id"),
            reason_code: draw.str0_255("reason_code"),
        }))
    }),
    ("SetExtranoncePrefix", |draw| {
        AnyMessage::Mining(Mining::SetExtranoncePrefix(SetExtranoncePrefix {
            channel_id: draw.u32("channel_id"),
            extranonce_prefix: draw.b0_32("extranonce_prefix"),
        }))
    }),
    ("SubmitSharesStandard", |draw| {
        AnyMessage::Mining(Mining::SubmitSharesStandard(SubmitSharesStandard {
            channel_id: draw.u32("channel_id"),
            sequence_number: draw.u32("sequence_number"),
            job_id: draw.u32("job_id"),
            nonce: draw.u32("nonce"),
            ntime: draw.u32("ntime"),
            version: draw.u32("version"),
        }))
    }),
    ("SubmitSharesExtended", submit_shares_extended),
    ("SubmitShares.Success", |draw| {
        AnyMessage::Mining(Mining::SubmitSharesSuccess(SubmitSharesSuccess {
            channel_id: draw.u32("channel_id"),
            last_sequence_number: draw.u32("last_sequence_number"),
            new_submits_accepted_count: draw.u32("new_submits_accepted_count"),
            new_shares_sum: draw.u64("new_shares_sum"),
        }))
    }),
    ("SubmitShares.Error", |draw| {
        AnyMessage::Mining(Mining::SubmitSharesError(SubmitSharesError {
            channel_id: draw.u32("channel_id"),
            sequence_number: draw.u32("sequence_number"),
            error_code: draw.str0_255("error_code"),
        }))
    }),
    ("NewMiningJob", |draw| {
        AnyMessage::Mining(Mining::NewMiningJob(NewMiningJob {
            channel_id: draw.u32("channel_id"),
            job_id: draw.u32("job_id"),
            min_ntime: draw.option_u32("min_ntime"),
            version: draw.u32("version"),
            merkle_root: draw.u256("merkle_root"),
        }))
    }),
    ("NewExtendedMiningJob", |draw| {
        AnyMessage::Mining(Mining::NewExtendedMiningJob(NewExtendedMiningJob {
            channel_id: draw.u32("channel_id"),
            job_id: draw.u32("job_id"),
            min_ntime: draw.option_u32("min_ntime"),
            version: draw.u32("version"),
            version_rolling_allowed: draw.bool("version_rolling_allowed"),
            merkle_path: draw.seq0_255_u256("merkle_path"),
            coinbase_tx_prefix: draw.b0_64k("coinbase_tx_prefix"),
            coinbase_tx_suffix: draw.b0_64k("coinbase_tx_suffix"),
        }))
    }),
    ("SetNewPrevHash", |draw| {
        AnyMessage::Mining(Mining::SetNewPrevHash(MiningSetNewPrevHash {
            channel_id: draw.u32("channel_id"),
            job_id: draw.u32("job_id"),
            prev_hash: draw.u256("prev_hash"),
            min_ntime: draw.u32("min_ntime"),
            nbits: draw.u32("nbits"),
        }))
    }),
    ("SetCustomMiningJob", |draw| {
        AnyMessage::Mining(Mining::SetCustomMiningJob(SetCustomMiningJob {
            channel_id: draw.u32("channel_id"),
            request_id: draw.u32("request_id"),
            token: draw.b0_255("mining_job_token"),
            version: draw.u32("version"),
            prev_hash: draw.u256("prev_hash"),
            min_ntime: draw.u32("min_ntime"),
            nbits: draw.u32("nbits"),
            coinbase_tx_version: draw.u32("coinbase_tx_version"),
            coinbase_prefix: draw.b0_255("coinbase_prefix"),
            coinbase_tx_input_n_sequence: draw.u32("coinbase_tx_input_nSequence"),
            coinbase_tx_outputs: draw.b0_64k("coinbase_tx_outputs"),
            coinbase_tx_locktime: draw.u32("coinbase_tx_locktime"),
            merkle_path: draw.seq0_255_u256("merkle_path"),
        }))
    }),
    ("SetCustomMiningJob.Success", |draw| {
        AnyMessage::Mining(Mining::SetCustomMiningJobSuccess(
            SetCustomMiningJobSuccess {
                channel_id: draw.u32("channel_id"),
                request_id: draw.u32("request_id"),
                job_id: draw.u32("job_id"),
            },
        ))
    }),
    ("SetCustomMiningJob.Error", |draw| {
        AnyMessage::Mining(Mining::SetCustomMiningJobError(SetCustomMiningJobError {
            channel_id: draw.u32("channel_id"),
            request_id: draw.u32("request_id"),
            error_code: draw.str0_255("error_code"),
        }))
    }),
    ("SetTarget", |draw| {
        AnyMessage::Mining(Mining::SetTarget(SetTarget {
            channel_id: draw.u32("channel_id"),
            maximum_target: draw.u256("maximum_target"),
        }))
    }),
    ("SetGroupChannel", |draw| {
        AnyMessage::Mining(Mining::SetGroupChannel(SetGroupChannel {
            group_channel_id: draw.u32("group_channel_id"),
            channel_ids: draw.seq0_64k_u32("channel_ids"),
        }))
    }),
    ("AllocateMiningJobToken", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::AllocateMiningJobToken(
            AllocateMiningJobToken {
                user_identifier: draw.str0_255("user_identifier"),
                request_id: draw.u32("request_id"),
            },
        ))
    }),
    ("AllocateMiningJobToken.Success", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::AllocateMiningJobTokenSuccess(
            AllocateMiningJobTokenSuccess {
                request_id: draw.u32("request_id"),
                mining_job_token: draw.b0_255("mining_job_token"),
                coinbase_outputs: draw.b0_64k("coinbase_tx_outputs"),
            },
        ))
    }),
    ("DeclareMiningJob", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::DeclareMiningJob(DeclareMiningJob {
            request_id: draw.u32("request_id"),
            mining_job_token: draw.b0_255("mining_job_token"),
            version: draw.u32("version"),
            coinbase_tx_prefix: draw.b0_64k("coinbase_tx_prefix"),
            coinbase_tx_suffix: draw.b0_64k("coinbase_tx_suffix"),
            wtxid_list: draw.seq0_64k_u256("wtxid_list"),
            excess_data: draw.b0_64k("excess_data"),
        }))
    }),
    ("DeclareMiningJob.Success", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::DeclareMiningJobSuccess(
            DeclareMiningJobSuccess {
                request_id: draw.u32("request_id"),
                new_mining_job_token: draw.b0_255("new_mining_job_token"),
            },
        ))
    }),
    ("DeclareMiningJob.Error", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::DeclareMiningJobError(
            DeclareMiningJobError {
                request_id: draw.u32("request_id"),
                error_code: draw.str0_255("error_code"),
                error_details: draw.b0_64k("error_details"),
            },
        ))
    }),
    ("ProvideMissingTransactions", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::ProvideMissingTransactions(
            ProvideMissingTransactions {
                request_id: draw.u32("request_id"),
                unknown_tx_position_list: draw.seq0_64k_u16("unknown_tx_position_list"),
            },
        ))
    }),
    ("ProvideMissingTransactions.Success", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::ProvideMissingTransactionsSuccess(
            ProvideMissingTransactionsSuccess {
                request_id: draw.u32("request_id"),
                transaction_list: draw.seq0_64k_b0_16m("transaction_list"),
            },
        ))
    }),
    ("PushSolution", |draw| {
        AnyMessage::JobDeclaration(JobDeclaration::PushSolution(PushSolution {
            extranonce: draw.b0_32("extranonce"),
            prev_hash: draw.u256("prev_hash"),
            nonce: draw.u32("nonce"),
            ntime: draw.u32("ntime"),
            nbits: draw.u32("nbits"),
            version: draw.u32("version"),
        }))
    }),
    ("CoinbaseOutputConstraints", |draw| {
        AnyMessage::TemplateDistribution(TemplateDistribution::CoinbaseOutputConstraints(
            CoinbaseOutputConstraints {
                coinbase_output_max_additional_size: draw
                    .u32("coinbase_output_max_additional_size"),
                coinbase_output_max_additional_sigops: draw
                    .u16("coinbase_output_max_additional_sigops"),
            },
        ))
    }),
    ("NewTemplate", |draw| {
        AnyMessage::TemplateDistribution(TemplateDistribution::NewTemplate(NewTemplate {
            template_id: draw.u64("template_id"),
            future_template: draw.bool("future_template"),
            version: draw.u32("version"),
            coinbase_tx_version: draw.u32("coinbase_tx_version"),
            coinbase_prefix: draw.b0_255("coinbase_prefix"),
            coinbase_tx_input_sequence: draw.u32("coinbase_tx_input_sequence"),
            coinbase_tx_value_remaining: draw.u64("coinbase_tx_value_remaining"),
            coinbase_tx_outputs_count: draw.u32("coinbase_tx_outputs_count"),
            coinbase_tx_outputs: draw.b0_64k("coinbase_tx_outputs"),
            coinbase_tx_locktime: draw.u32("coinbase_tx_locktime"),
            merkle_path: draw.seq0_255_u256("merkle_path"),
        }))
    }),
    ("SetNewPrevHash", |draw| {
        AnyMessage::TemplateDistribution(TemplateDistribution::SetNewPrevHash(
            TemplateSetNewPrevHash {
                template_id: draw.u64("template_id"),
                prev_hash: draw.u256("prev_hash"),
                header_timestamp: draw.u32("header_timestamp"),
                n_bits: draw.u32("nBits"),
                target: draw.u256("target"),
            },
        ))
    }),
    ("RequestTransactionData", |draw| {
        AnyMessage::TemplateDistribution(TemplateDistribution::RequestTransactionData(
            RequestTransactionData {
                template_id: draw.u64("template_id"),
            },
        ))
    }),
    ("RequestTransactionData.Success", |draw| {
        AnyMessage::TemplateDistribution(TemplateDistribution::RequestTransactionDataSuccess(
            RequestTransactionDataSuccess {
                template_id: draw.u64("template_id"),
                excess_data: draw.b0_64k("excess_data"),
                transaction_list: draw.seq0_64k_b0_16m("transaction_list"),
            },
        ))
    }),
    ("RequestTransactionData.Error", |draw| {
        AnyMessage::TemplateDistribution(TemplateDistribution::RequestTransactionDataError(
            RequestTransactionDataError {
                template_id: draw.u64("template_id"),
                error_code: draw.str0_255("error_code"),
            },
        ))
    }),
    ("SubmitSolution", |draw| {
        AnyMessage::TemplateDistribution(TemplateDistribution::SubmitSolution(SubmitSolution {
            template_id: draw.u64("template_id"),
            version: draw.u32("version"),
            header_timestamp: draw.u32("header_timestamp"),
            header_nonce: draw.u32("header_nonce"),
            coinbase_tx: draw.b0_64k("coinbase_tx"),
        }))
    }),
    ("RequestExtensions", |draw| {
        AnyMessage::Extensions(Extensions::ExtensionsNegotiation(
            ExtensionsNegotiation::RequestExtensions(RequestExtensions {
                request_id: draw.u16("request_id"),
                requested_extensions: draw.seq0_64k_u16("requested_extensions"),
            }),
        ))
    }),
    ("RequestExtensions.Success", |draw| {
        AnyMessage::Extensions(Extensions::ExtensionsNegotiation(
            ExtensionsNegotiation::RequestExtensionsSuccess(RequestExtensionsSuccess {
                request_id: draw.u16("request_id"),
                supported_extensions: draw.seq0_64k_u16("supported_extensions"),
            }),
        ))
    }),
    ("RequestExtensions.Error", |draw| {
        AnyMessage::Extensions(Extensions::ExtensionsNegotiation(
            ExtensionsNegotiation::RequestExtensionsError(RequestExtensionsError {
                request_id: draw.u16("request_id"),
                unsupported_extensions: draw.seq0_64k_u16("unsupported_extensions"),
                required_extensions: draw.seq0_64k_u16("required_extensions"),
            }),
        ))
    }),
];
