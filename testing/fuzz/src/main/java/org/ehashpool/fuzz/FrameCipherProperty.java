package org.ehashpool.fuzz;

import java.util.Arrays;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.transport.CipherState;
import org.ehashpool.noise.transport.FrameDecryptor;
import org.ehashpool.noise.transport.FrameEncryptor;
import org.ehashpool.noise.transport.FrameLayout;

/**
 * A stream of encrypted frames, read as a connection reads it: every frame before the first changed byte arrives as it
 * was sent, the changed one is refused, and nothing arrives after it.
 *
 * <p>Input: a byte; if even, the stream as it is; otherwise two frame lengths and changes of what they encrypt to.
 */
final class FrameCipherProperty implements Property {
    /** Up to three chunks. */
    private static final int LENGTH_UNIT = 3;

    private static final int KEY = 9;

    /** Nothing is ever encrypted under it: what is, the fuzzer sees when it is compared, and sends it back. */
    private static final int UNUSED_KEY = 10;

    @Override
    public void check(byte[] input) throws NoiseException {
        FuzzInput in = new FuzzInput(input);
        if ((in.u8() & 1) == 0) {
            byte[] stream = in.rest();
            // One frame that never was: only a forger could make it arrive.
            AllocationBound.within(stream.length, () -> read(cipher(UNUSED_KEY), stream, new byte[] {1}, frame(0, 0)));
            return;
        }
        byte[] first = frame(in.u16() * LENGTH_UNIT, in.u8());
        byte[] second = frame(in.u8(), in.u8());
        byte[] stream = encrypt(first, second);
        byte[] received = stream.clone();
        in.mutate(received);
        byte[] altered = new byte[stream.length];
        for (int i = 0; i < stream.length; i++) {
            altered[i] = (byte) (stream[i] ^ received[i]);
        }
        AllocationBound.within(stream.length, () -> read(cipher(KEY), received, altered, first, second));
    }

    /** How many frames arrived. */
    private static int read(CipherState cipher, byte[] stream, byte[] altered, byte[]... frames) {
        int arrived = 0;
        try (FrameDecryptor decryptor = new FrameDecryptor(cipher)) {
            int position = 0;
            for (byte[] frame : frames) {
                int length = FrameLayout.encryptedFrameLength(frame.length - FrameLayout.HEADER_LENGTH);
                boolean intact = isIntact(altered, position, length);
                if (!intact || stream.length - position < FrameLayout.ENCRYPTED_HEADER_LENGTH) {
                    checkRefusal(decryptor, stream, position);
                    break;
                }
                byte[] decrypted = decrypt(decryptor, stream, position);
                Property.require(Arrays.equals(decrypted, frame), () -> "a frame arrived changed");
                position += length;
                arrived++;
            }
        } catch (NoiseException e) {
            throw new AssertionError("a frame as it was sent is refused: " + e.getMessage(), e);
        }
        return arrived;
    }

    private static boolean isIntact(byte[] altered, int from, int length) {
        for (int i = from; i < Math.min(altered.length, from + length); i++) {
            if (altered[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkRefusal(FrameDecryptor decryptor, byte[] stream, int position) {
        if (stream.length - position < FrameLayout.ENCRYPTED_HEADER_LENGTH) {
            return;
        }
        try {
            decrypt(decryptor, stream, position);
            throw new AssertionError("a changed frame was accepted");
        } catch (NoiseException e) {
            Property.require(e.reason() == Reason.DECRYPTION_FAILED, () -> "refused for " + e.reason());
        }
        Property.require(decryptor.isClosed(), () -> "still open after a forgery");
    }

    /** Reads a frame; the header has to be there, and what it announces as well. */
    private static byte[] decrypt(FrameDecryptor decryptor, byte[] stream, int position) throws NoiseException {
        byte[] header = new byte[FrameLayout.HEADER_LENGTH];
        int length = decryptor.decryptHeader(stream, position, header, 0);
        byte[] frame = Arrays.copyOf(header, FrameLayout.HEADER_LENGTH + length);
        if (length > 0) {
            int from = position + FrameLayout.ENCRYPTED_HEADER_LENGTH;
            byte[] payload = Arrays.copyOfRange(stream, from, from + FrameLayout.encryptedPayloadLength(length));
            decryptor.decryptPayload(payload, 0);
            System.arraycopy(payload, 0, frame, FrameLayout.HEADER_LENGTH, length);
        }
        return frame;
    }

    private static byte[] encrypt(byte[]... frames) throws NoiseException {
        byte[] stream = {};
        try (FrameEncryptor encryptor = new FrameEncryptor(cipher(KEY))) {
            for (byte[] frame : frames) {
                int position = stream.length;
                int length = FrameLayout.encryptedFrameLength(frame.length - FrameLayout.HEADER_LENGTH);
                stream = Arrays.copyOf(stream, position + length);
                encryptor.encrypt(frame, 0, frame.length, stream, position);
            }
        }
        return stream;
    }

    private static byte[] frame(int payloadLength, int content) {
        byte[] frame = new byte[FrameLayout.HEADER_LENGTH + payloadLength];
        Arrays.fill(frame, (byte) content);
        frame[3] = (byte) payloadLength;
        frame[4] = (byte) (payloadLength >> 8);
        frame[5] = (byte) (payloadLength >> 16);
        return frame;
    }

    private static CipherState cipher(int key) {
        return new CipherState(Parties.secret(key));
    }
}
