package org.ehashpool.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.MessageGenerator;
import org.ehashpool.sv2.codec.MessageInfo;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/** Where the search begins: true encodings of everything, always the same. */
final class Seeds {
    /** Encodings of each message, beside the smallest. */
    private static final int VARIANTS = 2;

    /** Fuzzing changes short inputs faster. */
    private static final int LONGEST = 1 << 10;

    private final Random random = new Random(2);
    private final MessageGenerator generator = new MessageGenerator(random);
    private final List<byte[]> seeds = new ArrayList<>();

    private Seeds() {}

    /** The seeds of a target. */
    static List<byte[]> of(FuzzTarget target) {
        Seeds seeds = new Seeds();
        seeds.add(target);
        return List.copyOf(seeds.seeds);
    }

    private void add(FuzzTarget target) {
        switch (target) {
            case EVERYTHING -> addEverything();
            case FRAME_HEADER -> addHeaders();
            case SETUP -> addFrames(null);
            case MINING -> addFrames(Protocol.MINING);
            case JOB_DECLARATION -> addFrames(Protocol.JOB_DECLARATION);
            case TEMPLATE_DISTRIBUTION -> addFrames(Protocol.TEMPLATE_DISTRIBUTION);
            case MINT_QUOTE -> addFrames(Protocol.MINT_QUOTE);
            case TLV_TAIL -> addTails();
            case VALUES -> addValues();
            case AUTHORITY_KEY -> addAuthorityKeys();
            case URL -> addUrls();
            case CERTIFICATE -> addCertificates();
            case CURVE -> addScalars();
            case INITIATOR -> addActs2();
            case RESPONDER -> addActs1();
            case FRAME_CIPHER -> addStreams();
            case CASHU_TOKEN -> CashuSeeds.tokens().forEach(this::add);
            case CASHU_JSON -> CashuSeeds.messages().forEach(this::add);
            case CASHU_CONDITION -> CashuSeeds.conditions().forEach(this::add);
        }
    }

    private void addEverything() {
        for (FuzzTarget target : EverythingProperty.targets()) {
            of(target).forEach(seed -> seeds.add(EverythingProperty.input(target, seed)));
        }
    }

    private void addHeaders() {
        for (MessageInfo info : MessageCodec.messages()) {
            add(frame(generator.smallest(info.type()), List.of()));
        }
    }

    private void addFrames(@Nullable Protocol protocol) {
        for (MessageInfo info : MessageCodec.messages()) {
            int sender = Message.FromClient.class.isAssignableFrom(info.type()) ? 0 : MessageProperty.FROM_SERVER;
            int bits = sender | MessageProperty.WORKER_TRACKING | MessageProperty.EHASH;
            Message smallest = generator.smallest(info.type());
            FrameHeader header = MessageCodec.header(smallest, MessageCodec.encodedLength(smallest));
            if (MessageProperty.admits(new MessageProperty(protocol).reception(bits), header)) {
                add(new byte[] {(byte) sender}, frame(smallest, List.of()));
                for (int i = 0; i < VARIANTS; i++) {
                    addShort(new byte[] {(byte) sender}, frame(generator.random(info.type()), List.of()));
                    addShort(new byte[] {(byte) bits}, frame(generator.random(info.type()), generator.tlvs()));
                }
            }
        }
    }

    private void addShort(byte[] selector, byte[] frame) {
        if (frame.length <= LONGEST) {
            add(selector, frame);
        }
    }

    private static byte[] frame(Message message, List<Tlv> tlvs) {
        int length = MessageCodec.encodedLength(message, tlvs);
        byte[] frame = new byte[FrameHeader.LENGTH + length];
        int payload = MessageCodec.header(message, length).write(frame, 0);
        MessageCodec.encode(message, tlvs, ByteOrder.LITTLE_ENDIAN, frame, payload);
        return frame;
    }

    private void addTails() {
        Mining.SubmitSharesExtended share = generator.smallest(Mining.SubmitSharesExtended.class);
        int fields = MessageCodec.encodedLength(share);
        for (int i = 0; i < 4 * VARIANTS; i++) {
            List<Tlv> tlvs = generator.tlvs();
            ByteOrder order = i % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            byte[] payload = new byte[MessageCodec.encodedLength(share, tlvs)];
            MessageCodec.encode(share, tlvs, order, payload, 0);
            add(Arrays.copyOfRange(payload, fields, payload.length));
        }
    }

    private void addValues() {
        add(text(U256.MAX_VALUE.toHex()));
        add(text("00ff"));
        add(random(2 * U256.LENGTH));
        add("żółw\u0000\n\u202e😀".getBytes(StandardCharsets.UTF_8));
    }

    private void addAuthorityKeys() {
        add(new byte[] {0}, text(Parties.AUTHORITY.publicKey().toString()));
        add(new byte[] {0}, text(Parties.AUTHORITY.exportSecret()));
        add(new byte[] {1, 1, 0}, Parties.SERVER_KEY.bytes());
        add(new byte[] {1}, Parties.SERVER_KEY.bytes());
    }

    private void addUrls() {
        add(new byte[] {0}, text("stratum2+tcp://pool.example:34254/" + Parties.AUTHORITY.publicKey()));
        for (String address :
                List.of("pool.example:34254", "127.0.0.1:1", "[2001:db8::1]:65535", "0x7f.1:80", "a_b-c.d:00080")) {
            add(new byte[] {1}, text(address));
        }
    }

    private void addCertificates() {
        byte[] now = u32(Parties.NOW);
        add(now, new byte[] {0}, Parties.CERTIFICATE.bytes());
        add(now, new byte[] {0}, random(Certificate.LENGTH));
        add(now, new byte[] {1}, u32(Parties.VALIDITY.from()), u32(Parties.VALIDITY.until()), random(32));
        add(now, new byte[] {1}, u32(0), u32(Parties.NOW - 1), random(32), new byte[] {2, 0, 1});
    }

    private void addScalars() {
        add(random(32), random(32), Parties.SERVER_KEY.bytes(), random(64), random(64));
        add(Parties.filled(0), random(32), Parties.filled(0xff), Parties.filled(0), Parties.filled(0xff));
    }

    private void addActs2() {
        add(new byte[] {0}, random(Responder.ACT2_LENGTH));
        add(new byte[] {1});
        add(new byte[] {1, 70, 0, 1});
        add(new byte[] {2}, u32(Parties.NOW), Parties.CERTIFICATE.bytes());
        add(new byte[] {2}, u32(Parties.VALIDITY.until() + 100), Parties.CERTIFICATE.bytes());
        add(new byte[] {2}, u32(Parties.NOW), random(Certificate.LENGTH));
    }

    private void addActs1() {
        add(new byte[] {0}, random(Responder.ACT1_LENGTH));
        add(new byte[] {0}, random(Responder.ACT1_LENGTH - 1));
        add(new byte[] {1});
        add(new byte[] {1, 3, 0, 1});
    }

    private void addStreams() {
        add(new byte[] {0}, random(100));
        add(new byte[] {1, 10, 0, 7, 3, 5});
        add(new byte[] {1, (byte) 0xff, (byte) 0xff, 7, 3, 5});
        add(new byte[] {1, 10, 0, 7, 3, 5, 60, 0, 1});
    }

    private void add(byte[]... parts) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            seed.writeBytes(part);
        }
        seeds.add(seed.toByteArray());
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] u32(long value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
