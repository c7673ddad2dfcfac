package org.ehashpool.cli.interop.site;

/** Which chain a site's bitcoin node keeps, alone. */
public enum Chain {
    /** Every other hash is a block. */
    REGTEST("-regtest", "regtest"),

    /** A signet of its own, whose blocks need no signature and about five million hashes each. */
    SIGNET("-signet", "signet");

    private final String option;
    private final String title;

    Chain(String option, String title) {
        this.option = option;
        this.title = title;
    }

    String option() {
        return option;
    }

    /** As configurations call it, and the node's directory. */
    String title() {
        return title;
    }
}
