package org.ehashpool.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All targets in one process, for a short run over all of them: the first byte tells which. */
final class EverythingProperty implements Property {
    private final Check check;
    private final Map<String, Long> executions = new TreeMap<>();
    private List<FuzzTarget> targets = List.of();

    /** Checks an input for a target. */
    @FunctionalInterface
    interface Check {
        void check(FuzzTarget target, byte[] input) throws Exception;
    }

    EverythingProperty() {
        this(FuzzTarget::check);
    }

    EverythingProperty(Check check) {
        this.check = check;
    }

    /** All the others; the enum is complete only after this class was made. */
    static List<FuzzTarget> targets() {
        return Arrays.stream(FuzzTarget.values())
                .filter(target -> target != FuzzTarget.EVERYTHING)
                .toList();
    }

    /** An input of this property that is {@code input} for {@code target}. */
    static byte[] input(FuzzTarget target, byte[] input) {
        byte[] prefixed = new byte[1 + input.length];
        prefixed[0] = (byte) targets().indexOf(target);
        System.arraycopy(input, 0, prefixed, 1, input.length);
        return prefixed;
    }

    @Override
    public void check(byte[] input) {
        if (input.length == 0) {
            return;
        }
        if (targets.isEmpty()) {
            targets = targets();
        }
        FuzzTarget target = targets.get((input[0] & 0xff) % targets.size());
        executions.merge(target.title(), 1L, Long::sum);
        byte[] own = Arrays.copyOfRange(input, 1, input.length);
        try {
            check.check(target, own);
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError(
                    "target " + target.title() + ", input " + HexFormat.of().formatHex(own), e);
        }
    }

    /** How often each target ran, a line each. */
    String summary() {
        StringBuilder lines = new StringBuilder();
        executions.forEach((target, count) -> lines.append("executions of ")
                .append(target)
                .append(": ")
                .append(count)
                .append('\n'));
        return lines.toString();
    }
}
