package org.ehashpool.templateprovider.chain.consensus;

/** A block or transaction breaks a rule. Carries no stack trace: it describes what was submitted, not our code. */
public final class BrokenRuleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rule rule;
    private final String text;

    BrokenRuleException(Rule rule) {
        this(rule, "");
    }

    /**
     * A broken rule.
     *
     * @param suffix what follows the rule's own text, such as {@code (0x00000003)}
     */
    BrokenRuleException(Rule rule, String suffix) {
        super(rule.wire() + suffix, null, false, false);
        this.rule = rule;
        this.text = rule.wire() + suffix;
    }

    /** What is broken. */
    public Rule rule() {
        return rule;
    }

    /** As a node says it. */
    public String text() {
        return text;
    }
}
