package org.ehashpool.pool.mintlink;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** A mint that the pool orders quotes of. */
public record MintConfig(
        @Description("The mint's public key, in hexadecimal: it prints it when it starts.")
        String publicKey,

        @Description("What miners are told of where the mint is; otherwise what the mint says.")
        Optional<URI> url,

        @Description("The units of the quotes.") @Default("['hash']")
        List<String> units,

        @Description("How many quotes it gets for each of another mint; 0 for none but those it owes already.")
        @Default("1")
        @Range(min = "0", max = "1000")
        int weight) {

    private static final int MOST = 64;
    private static final int LONGEST = 255;

    /** With the list as it is now. */
    public MintConfig {
        units = List.copyOf(units);
        PinnedMint.parseKey(publicKey);
        if (units.isEmpty()) {
            throw new IllegalArgumentException("at least one unit");
        }
        if (url.map(URI::toString).orElse("").length() > LONGEST) {
            throw new IllegalArgumentException("a url of at most " + LONGEST + " characters");
        }
    }

    /**
     * The mints that are pinned.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public static List<PinnedMint> pinned(List<MintConfig> mints) {
        if (mints.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " mints, not " + mints.size());
        }
        Set<Object> different = new HashSet<>();
        return mints.stream()
                .map(mint -> {
                    PinnedMint pinned = PinnedMint.of(mint);
                    if (!different.add(pinned.key())) {
                        throw new IllegalArgumentException("each mint once, " + mint.publicKey() + " is there twice");
                    }
                    return pinned;
                })
                .toList();
    }
}
