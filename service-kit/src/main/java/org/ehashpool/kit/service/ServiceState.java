package org.ehashpool.kit.service;

import java.util.Locale;

/** Where a service is in its life. */
public enum ServiceState {
    STARTING,
    READY,
    DRAINING,
    STOPPED,
    FAILED;

    /** As health and state reports write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
