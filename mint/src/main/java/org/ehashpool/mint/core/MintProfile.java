package org.ehashpool.mint.core;

import java.util.List;

/** What a mint is for. Its database belongs to one profile for ever. */
public enum MintProfile {
    /** Ehash for mining shares. */
    EHASH("ehash", "hash"),
    /** Ordinary wallets and other people's test suites: unit {@code sat}, invoices that pay themselves. */
    TEST("test", "sat");

    private final String label;
    private final String unit;

    MintProfile(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** As it stands in the database. */
    public String label() {
        return label;
    }

    /** What a mint of the profile issues. */
    public List<String> units() {
        return List.of(unit);
    }
}
