package org.ehashpool.pool.template;

import java.time.Duration;
import org.ehashpool.pool.template.ProviderTemplates.Template;
import org.ehashpool.pool.template.ProviderTemplates.Tip;

/** Something to be done, in the order given. */
sealed interface SelectionEffect {
    /** A template that solutions may come back for: note where it came from, before anybody can work on it. */
    record Known(int provider, Template template) implements SelectionEffect {}

    /** Make a job of a template of the active provider. */
    record Follow(Template template, boolean future) implements SelectionEffect {}

    /** Make the job of a future template the active one. */
    record FollowTip(Template template, Tip tip) implements SelectionEffect {}

    /** This template is worked on from now: its transactions may be wanted. */
    record Activated(int provider, Template template, Tip tip) implements SelectionEffect {}

    /**
     * Another provider is followed from now; its templates come next, future ones of others are void.
     *
     * @param from -1: none was
     */
    record Switched(int from, int to, String why) implements SelectionEffect {}

    /** The active provider cannot be followed any more, and there is no other one now. Jobs stay as they are. */
    record Lost(int provider, String why) implements SelectionEffect {}

    /** A provider broke a rule: its connection is to be closed. */
    record PutAside(int provider, String words, Duration time) implements SelectionEffect {}

    /** Two providers name different nBits for one previous hash: one of them is wrong. */
    record Disagree(int provider, int other) implements SelectionEffect {}
}
