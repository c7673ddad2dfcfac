package org.ehashpool.translator.downstream;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.sv1.SessionStatus;
import org.ehashpool.translator.sv1.ShareFigures;
import org.ehashpool.translator.work.MinerIdentity;

/**
 * What is shown of a miner. Times are milliseconds since 1970.
 *
 * @param id of the connection
 * @param names authorised, in their order; the first is {@code user} and {@code worker}
 * @param lockingKey whether the account is a key, that its ehash is locked to
 * @param agent what the miner says it is
 * @param difficulty of its last job, 0 before the first
 * @param versionMask bits that it rolls
 * @param hashRate by accepted shares
 * @param refused shares that do not count, by reason
 * @param stale those of them that came too late
 * @param lastShareAt of the last accepted
 */
public record MinerView(
        long id,
        String user,
        String worker,
        List<String> names,
        boolean lockingKey,
        String peer,
        boolean tls,
        String agent,
        long connectedAt,
        boolean mining,
        double difficulty,
        @U32 long versionMask,
        double hashRate,
        long accepted,
        Map<String, Long> refused,
        long stale,
        long unconfirmed,
        int unanswered,
        OptionalLong lastShareAt) {

    static MinerView of(Wire wire, SessionStatus status, double hashRate, long now, long wallMillis) {
        ShareFigures shares = status.shares();
        List<MinerIdentity> names = status.names();
        return new MinerView(
                wire.id(),
                names.isEmpty() ? "" : names.getFirst().account(),
                names.isEmpty() ? "" : names.getFirst().worker(),
                names.stream().map(MinerIdentity::username).toList(),
                !names.isEmpty() && names.getFirst().lockingKey().isPresent(),
                wire.peer().getAddress().getHostAddress() + ":" + wire.peer().getPort(),
                wire.tls(),
                status.agent(),
                wire.connectedAt().toEpochMilli(),
                status.subscribed() && !names.isEmpty(),
                status.difficulty(),
                status.versionMask(),
                hashRate,
                shares.accepted(),
                shares.refused(),
                shares.stale(),
                shares.unconfirmed(),
                status.unanswered(),
                shares.lastAccepted().isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(wallMillis
                                - TimeUnit.NANOSECONDS.toMillis(
                                        now - shares.lastAccepted().getAsLong())));
    }

    /** Shares that do not count. */
    public long refusedInAll() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
