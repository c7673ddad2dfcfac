package org.ehashpool.pool.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/**
 * What one connection to a template provider said that still holds: the template to work on, those for the block after,
 * and the tip. Bounded. Pure.
 */
final class ProviderTemplates {
    static final int MAX_FUTURES = 8;

    private static final int MAX_TEMPLATES_IN_WINDOW = 200;
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final LongSupplier ids;
    private final SequencedMap<Long, Template> futures = new LinkedHashMap<>();
    private @Nullable Template current;
    private @Nullable Tip tip;
    private long windowBegan;
    private int templatesInWindow;

    /** @param ids numbers that are unique in the pool */
    ProviderTemplates(LongSupplier ids) {
        this.ids = ids;
    }

    /**
     * A template under a name that is unique in the pool.
     *
     * @param id that name
     * @param originalId the provider's name
     * @param message as the provider sent it
     * @param height of the block it makes
     */
    record Template(long id, long originalId, NewTemplate message, int height) {
        /** The message with the pool's name in it. */
        NewTemplate renamed(boolean future) {
            return renamed(message, id, future);
        }

        /** What is in it, whatever its name and however it was announced: equal for equal blocks. */
        NewTemplate content() {
            return renamed(message, 0, false);
        }

        private static NewTemplate renamed(NewTemplate message, long id, boolean future) {
            return new NewTemplate(
                    id,
                    future,
                    message.version(),
                    message.coinbaseTxVersion(),
                    message.coinbasePrefix(),
                    message.coinbaseTxInputSequence(),
                    message.coinbaseTxValueRemaining(),
                    message.coinbaseTxOutputsCount(),
                    message.coinbaseTxOutputs(),
                    message.coinbaseTxLocktime(),
                    message.merklePath());
        }
    }

    /**
     * What the provider's chain ends with.
     *
     * @param message as the provider sent it
     * @param height of the block that it names
     */
    record Tip(SetNewPrevHash message, int height) {
        U256 hash() {
            return message.prevHash();
        }

        /** The message, naming a template by the pool's name. */
        SetNewPrevHash naming(long id) {
            return new SetNewPrevHash(
                    id, message.prevHash(), message.headerTimestamp(), message.nBits(), message.target());
        }
    }

    /** What a message was. */
    sealed interface Heard {
        /** A template for the block after. */
        record Future(Template template) implements Heard {}

        /** A template to work on at once. */
        record Active(Template template) implements Heard {}

        /** A tip, and the template that is worked on from now. */
        record NewTip(Template template, Tip tip) implements Heard {}

        /** Something that breaks the protocol or consensus. */
        record Lie(String words) implements Heard {}
    }

    Heard onNewTemplate(NewTemplate message, TemplateJobs.Settings settings, long now) {
        Optional<String> fault = TemplateRules.fault(message, settings);
        if (fault.isPresent()) {
            return new Heard.Lie(fault.get());
        }
        if (now - windowBegan > WINDOW_NANOS || templatesInWindow == 0) {
            windowBegan = now;
            templatesInWindow = 0;
        }
        if (++templatesInWindow > MAX_TEMPLATES_IN_WINDOW) {
            return new Heard.Lie("more than " + MAX_TEMPLATES_IN_WINDOW + " templates for one tip within 10 s");
        }
        if (isKept(message.templateId())) {
            return new Heard.Lie("template " + Long.toUnsignedString(message.templateId()) + " a second time");
        }
        int height = TemplateRules.height(message).orElseThrow();
        Template template = new Template(ids.getAsLong(), message.templateId(), message, height);
        if (message.futureTemplate()) {
            if (futures.size() == MAX_FUTURES) {
                futures.pollFirstEntry();
            }
            futures.put(message.templateId(), template);
            return new Heard.Future(template);
        }
        Tip under = tip;
        if (under == null) {
            return new Heard.Lie("a template for the present tip before there was one");
        }
        if (height != under.height() + 1) {
            return new Heard.Lie("a template of height " + height + " on a tip of height " + under.height());
        }
        current = template;
        return new Heard.Active(template);
    }

    Heard onSetNewPrevHash(SetNewPrevHash message, long epochSeconds) {
        Optional<String> fault = TemplateRules.fault(message, epochSeconds);
        if (fault.isPresent()) {
            return new Heard.Lie(fault.get());
        }
        Template named = futures.get(message.templateId());
        if (named == null) {
            return new Heard.Lie("a previous hash with template " + Long.toUnsignedString(message.templateId())
                    + ", which is no future template");
        }
        Tip before = tip;
        Tip next = new Tip(message, named.height() - 1);
        if (before != null && before.hash().equals(next.hash()) && before.height() != next.height()) {
            return new Heard.Lie("heights " + before.height() + " and " + next.height() + " for one previous hash");
        }
        if (before == null || !before.hash().equals(next.hash())) {
            templatesInWindow = 0;
        }
        futures.clear();
        tip = next;
        current = named;
        return new Heard.NewTip(named, next);
    }

    private boolean isKept(long originalId) {
        Template present = current;
        return futures.containsKey(originalId) || (present != null && present.originalId() == originalId);
    }

    /** The template to work on. */
    Optional<Template> current() {
        return Optional.ofNullable(current);
    }

    /** What it builds on. */
    Optional<Tip> tip() {
        return Optional.ofNullable(tip);
    }

    /** Templates for the block after, the oldest first. */
    List<Template> futures() {
        return List.copyOf(futures.values());
    }
}
