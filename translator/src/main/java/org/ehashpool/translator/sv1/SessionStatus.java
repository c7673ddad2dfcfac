package org.ehashpool.translator.sv1;

import java.util.List;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.MinerIdentity;

/**
 * What is shown of a session.
 *
 * @param names authorised, the first is who it is known by
 * @param agent what the miner says it is; empty if it said nothing
 * @param difficulty of the last job, by the usual difficulty 1; 0 before the first
 * @param versionMask bits that are rolled; 0: none
 * @param unanswered shares that wait for their answer
 * @param jobs that shares are taken for
 */
public record SessionStatus(
        List<MinerIdentity> names,
        String agent,
        boolean subscribed,
        double difficulty,
        @U32 long versionMask,
        int unanswered,
        int jobs,
        ShareFigures shares) {}
