package org.ehashpool.kit.sv2.link;

import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.transport.FrameLayout;

/** Frames under a Noise session. */
final class NoiseFrames implements FrameProtection {

    private final Established session;

    NoiseFrames(Established session) {
        this.session = session;
    }

    @Override
    public int headerLength() {
        return FrameLayout.ENCRYPTED_HEADER_LENGTH;
    }

    @Override
    public int payloadLength(int length) {
        return FrameLayout.encryptedPayloadLength(length);
    }

    @Override
    public void openHeader(byte[] buffer, int offset) throws NoiseException {
        session.decryptor().decryptHeader(buffer, offset, buffer, offset);
    }

    @Override
    public void openPayload(byte[] buffer, int offset) throws NoiseException {
        session.decryptor().decryptPayload(buffer, offset);
    }

    @Override
    public void seal(byte[] frame, int length, byte[] output) throws NoiseException {
        session.encryptor().encrypt(frame, 0, length, output, 0);
    }

    @Override
    public void close() {
        session.close();
    }
}
