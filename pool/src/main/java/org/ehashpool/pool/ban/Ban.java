package org.ehashpool.pool.ban;

import java.time.Instant;
import java.util.Optional;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.sv2.type.Text;

/**
 * A ban of an address, a range of them, or a user.
 *
 * @param id its number, never used again
 * @param addresses whose connections are closed
 * @param user whose channels are closed: a whole user_identity, or its part before the first dot
 * @param createdAt when it began
 * @param until when it ends
 * @param reason for the operator
 */
public record Ban(
        long id,
        Optional<AddressRange> addresses,
        Optional<Text> user,
        Instant createdAt,
        Instant until,
        String reason) {

    /** Of either kind. */
    public Ban {
        if (addresses.isPresent() == user.isPresent()) {
            throw new IllegalArgumentException("a ban is of addresses or of a user");
        }
    }

    /** Whom it concerns. */
    public String subject() {
        return addresses
                .map(AddressRange::toString)
                .or(() -> user.map(Text::printable))
                .orElse("");
    }
}
