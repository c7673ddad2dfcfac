package org.ehashpool.mint.core;

import java.util.List;

/** What a mint is for. Its database belongs to one profile for ever. */
public enum MintProfile {
    /** Ehash for mining shares. */
    EHASH("ehash", "ehash", "hash"),
    /** Ordinary wallets and other people's test suites: unit {@code sat}, invoices that pay themselves. */
    TEST("test", "bolt11", "sat");

    private final String label;
    private final String method;
    private final String unit;

    MintProfile(String label, String method, String unit) {
        this.label = label;
        this.method = method;
        this.unit = unit;
    }

    /** As it stands in the database. */
    public String label() {
        return label;
    }

    /** How its quotes are paid. */
    public String method() {
        return method;
    }

    /** What a mint of the profile issues. */
    public List<String> units() {
        return List.of(unit);
    }
}
