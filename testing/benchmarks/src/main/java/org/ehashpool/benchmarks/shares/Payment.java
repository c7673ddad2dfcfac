package org.ehashpool.benchmarks.shares;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehashpool.benchmarks.shares.ShareLoadOptions.Payees;
import org.ehashpool.cashu.point.SecretKey;

/**
 * Who can be paid: a user without a key, and keys, which are user identities themselves.
 *
 * @param keys as hexadecimal digits
 */
record Payment(List<String> keys) {
    private static final String KEYLESS = "load";

    /** A copy. */
    Payment {
        keys = List.copyOf(keys);
    }

    /** So many keys. */
    static Payment of(int keys) {
        return new Payment(IntStream.rangeClosed(1, keys)
                .mapToObj(number ->
                        SecretKey.parse("%064x".formatted(number)).publicKey().toString())
                .toList());
    }

    /** All user identities. */
    List<String> users() {
        return Stream.concat(Stream.of(KEYLESS), keys.stream()).toList();
    }

    /** Writes the identities that are paid by the channels in turn to a file. */
    Path write(Payees payees, Path directory) throws IOException {
        List<String> users =
                switch (payees) {
                    case ONE -> keys.subList(0, 1);
                    case EACH -> keys;
                    case KEYLESS -> List.of(KEYLESS);
                };
        return Files.write(directory.resolve("users"), users);
    }
}
