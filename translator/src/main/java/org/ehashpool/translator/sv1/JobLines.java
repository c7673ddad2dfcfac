package org.ehashpool.translator.sv1;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Makes the lines that announce work, for all connections of a translator: miners of the same work share a line. Names of
 * jobs are counted, so none comes twice on a connection within two thousand million jobs. For one event loop.
 */
public final class JobLines {
    private static final int REMEMBERED = 16;

    private final Map<Key, NotifyLine> recent = new LinkedHashMap<>();
    private int last;
    private @Nullable Target printedTarget;
    private String printed = "";

    private record Key(Work work, @U32 long time, boolean clean) {}

    /** Jobs are counted from one. */
    public JobLines() {
        this(0);
    }

    JobLines(int last) {
        this.last = last;
    }

    /** {@link PrintedDifficulty}; miners of one vardiff step ask for the same one after the other. */
    String difficulty(Target target) {
        Target before = printedTarget;
        if (before == null || !before.equals(target)) {
            printedTarget = target;
            printed = PrintedDifficulty.of(target);
        }
        return printed;
    }

    NotifyLine of(Work work, @U32 long time, boolean clean) {
        Key key = new Key(work, time, clean);
        @Nullable NotifyLine present = recent.get(key);
        if (present != null) {
            return present;
        }
        last = last == Integer.MAX_VALUE ? 1 : last + 1;
        NotifyLine line = new NotifyLine(last, work, time, clean);
        if (recent.size() >= REMEMBERED) {
            recent.remove(recent.keySet().iterator().next());
        }
        recent.put(key, line);
        return line;
    }
}
