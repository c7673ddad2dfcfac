package org.ehashpool.pool;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Reloadable;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** Who is paid by a block. */
record PayoutConfig(
        @Description("Who shares the reward; the first also gets what rounding leaves over.") @Reloadable
        List<Output> outputs,

        @Description("The pool's mark in the coinbase script, at most 32 bytes.") @Default("ehashpool")
        String tag) {
    private static final int LONGEST_TAG = 32;

    /** One owner's part. */
    record Output(
            @Description("An address of the network, or a descriptor of one script such as wpkh(KEY).")
            String to,

            @Description("How much compared with the other outputs.")
            @Default("1")
            @Range(min = "1", max = "4294967295")
            long weight) {}

    /** With somebody to pay. */
    PayoutConfig {
        outputs = List.copyOf(outputs);
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("at least one output");
        }
        if (Text.of(tag).length() > LONGEST_TAG) {
            throw new IllegalArgumentException("a tag of at most " + LONGEST_TAG + " bytes");
        }
    }

    /**
     * As scripts.
     *
     * @throws IllegalArgumentException naming the output that is none of this network
     */
    PayoutOutputs on(Network network) {
        List<PayoutOutputs.Part> parts = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            try {
                parts.add(new PayoutOutputs.Part(
                        OutputScript.parse(outputs.get(i).to(), network),
                        outputs.get(i).weight()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("payout.outputs[" + i + "]: " + e.getMessage(), e);
            }
        }
        return new PayoutOutputs(parts);
    }

    Bytes tagBytes() {
        return Text.of(tag).bytes();
    }
}
