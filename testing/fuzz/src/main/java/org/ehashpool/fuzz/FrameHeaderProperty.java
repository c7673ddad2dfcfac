package org.ehashpool.fuzz;

import java.util.Arrays;
import org.ehashpool.sv2.codec.FrameHeader;

/** Any six bytes are a header and are written back as they were; fewer are the caller's mistake. */
final class FrameHeaderProperty implements Property {
    @Override
    public void check(byte[] input) {
        if (input.length < FrameHeader.LENGTH) {
            try {
                FrameHeader header = FrameHeader.read(input, 0);
                throw new AssertionError(input.length + " bytes were read as " + header);
            } catch (IndexOutOfBoundsException e) {
                return;
            }
        }
        for (int offset = 0; offset + FrameHeader.LENGTH <= input.length; offset++) {
            FrameHeader header = FrameHeader.read(input, offset);
            byte[] written = new byte[FrameHeader.LENGTH];
            int end = header.write(written, 0);
            Property.require(
                    end == written.length
                            && Arrays.equals(written, Arrays.copyOfRange(input, offset, offset + FrameHeader.LENGTH)),
                    () -> header + " is written differently");
        }
    }
}
