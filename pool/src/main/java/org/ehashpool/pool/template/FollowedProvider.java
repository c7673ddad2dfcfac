package org.ehashpool.pool.template;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.ehashpool.pool.template.ProviderTemplates.Tip;
import org.ehashpool.sv2.type.U256;

/** One template provider as {@link ProviderSelection} sees it, over all its connections. Times are monotonic nanoseconds. */
final class FollowedProvider {
    private static final Duration FIRST_ASIDE = Duration.ofSeconds(10);
    private static final Duration LONGEST_ASIDE = Duration.ofMinutes(10);
    private static final int REMEMBERED_TIPS = 16;
    private static final int MAX_RETURNS = 3;
    private static final long RETURNS_NANOS = Duration.ofMinutes(1).toNanos();

    final int index;
    private final ArrayDeque<U256> leftTips = new ArrayDeque<>();
    private final ArrayDeque<Long> returns = new ArrayDeque<>();
    Optional<ProviderTemplates> templates = Optional.empty();
    long lastTemplateAt;
    /** Whether it failed or served before: a failback to it is then held back. */
    boolean hasHistory;
    /** Since when it could have served without a step back. */
    Optional<Long> goodSince = Optional.empty();
    /** Since when it shows a longer chain than the active one. */
    Optional<Long> aheadSince = Optional.empty();

    private long asideSince;
    private long asideUntil;
    private boolean aside;
    private int lies;
    private String lastFailure = "";
    private Optional<U256> lastTip = Optional.empty();

    FollowedProvider(int index) {
        this.index = index;
    }

    /** Notes a tip; true: it goes back and forth between tips. */
    boolean flaps(U256 tip, long now) {
        if (lastTip.isPresent() && lastTip.get().equals(tip)) {
            return false;
        }
        if (leftTips.contains(tip)) {
            returns.addLast(now);
        }
        lastTip.ifPresent(left -> {
            leftTips.remove(left);
            leftTips.addLast(left);
        });
        lastTip = Optional.of(tip);
        if (leftTips.size() > REMEMBERED_TIPS) {
            leftTips.removeFirst();
        }
        while (!returns.isEmpty() && now - returns.getFirst() > RETURNS_NANOS) {
            returns.removeFirst();
        }
        return returns.size() >= MAX_RETURNS;
    }

    /** It broke a rule: how long it is left alone, longer each time. */
    Duration putAside(String words, long now) {
        int doublings = Math.min(lies, 16);
        Duration wait = FIRST_ASIDE.multipliedBy(1L << doublings);
        Duration bounded = wait.compareTo(LONGEST_ASIDE) > 0 ? LONGEST_ASIDE : wait;
        lies++;
        aside = true;
        asideSince = now;
        asideUntil = now + bounded.toNanos();
        returns.clear();
        leftTips.clear();
        lastTip = Optional.empty();
        failed(words);
        return bounded;
    }

    /** It cannot be used any more. */
    void failed(String words) {
        lastFailure = words;
        templates = Optional.empty();
        hasHistory = true;
        goodSince = Optional.empty();
        aheadSince = Optional.empty();
    }

    boolean isAside(long now) {
        if (aside && now - asideUntil >= 0) {
            aside = false;
        }
        return aside;
    }

    /** Whether it may serve although it is aside, if there is nobody else: miners without a tip are worse off. */
    boolean isLastResort(long now) {
        return isAside(now) && tip().isPresent() && now - asideSince >= FIRST_ASIDE.toNanos();
    }

    /** It is not aside any more; its next lie counts as one more. */
    void release() {
        aside = false;
    }

    boolean isUsable(long now) {
        return !isAside(now) && tip().isPresent();
    }

    boolean isFresh(long now, Duration limit) {
        return now - lastTemplateAt <= limit.toNanos();
    }

    Optional<Tip> tip() {
        return templates.flatMap(ProviderTemplates::tip);
    }

    /** The height of its tip, -1 without one. */
    int height() {
        return tip().map(Tip::height).orElse(-1);
    }

    /** A provider that kept to the rules for long is forgiven. */
    void forgiveAfter(Duration period, long now) {
        if (lies > 0 && goodSince.isPresent() && now - goodSince.get() > period.toNanos()) {
            lies = 0;
        }
    }

    int lies() {
        return lies;
    }

    String lastFailure() {
        return lastFailure;
    }
}
