package org.ehashpool.pool.solo;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.pool.solo.SoloIdentity.Pooled;
import org.ehashpool.pool.solo.SoloIdentity.Refused;
import org.ehashpool.pool.solo.SoloIdentity.Solo;

/** Takes identities apart: see {@link SoloIdentity#of}. */
record SoloIdentityParser(SoloConfig config, Network network) {
    private static final String KEYWORD = "sri";
    private static final Pattern PERCENT = Pattern.compile("[1-9][0-9]?");
    private static final Pattern WORKER = Pattern.compile("[./]");

    SoloIdentity parse(String identity) {
        // An empty part is a part: sri/donate/5/ lacks its address.
        String[] parts = identity.split("/", -1);
        if (parts.length == 1 || !parts[0].strip().equalsIgnoreCase(KEYWORD)) {
            return config.legacyAddresses() ? legacy(identity) : new Pooled();
        }
        return parts[0].equals(KEYWORD) ? parse(parts) : new Refused();
    }

    /** @param parts of which the first is the keyword, and there is one more */
    private SoloIdentity parse(String[] parts) {
        return switch (parts[1]) {
            case "solo" -> parts.length > 2 ? solo(0, parts[2]) : new Refused();
            case "donate" -> parts.length > 3 ? donation(parts[2], parts[3]) : new Pooled();
            default -> new Refused();
        };
    }

    private SoloIdentity donation(String percent, String address) {
        return PERCENT.matcher(percent).matches() ? solo(Integer.parseInt(percent), address) : new Refused();
    }

    private SoloIdentity solo(int donatedPercent, String address) {
        Optional<OutputScript> miner = config.enabled() ? script(address) : Optional.empty();
        return miner.isPresent() ? new Solo(new SoloPayout(miner.get(), donatedPercent)) : new Refused();
    }

    private SoloIdentity legacy(String identity) {
        Optional<OutputScript> miner = script(WORKER.split(identity, 2)[0]);
        return miner.isPresent() ? new Solo(SoloPayout.to(miner.get())) : new Pooled();
    }

    private Optional<OutputScript> script(String address) {
        try {
            return Optional.of(OutputScript.ofAddress(address, network));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
