package org.ehashpool.sv2.codec;

/** Which side of a connection sends: the direction of a message. */
public enum Sender {
    /** The side that dialled and sends {@code SetupConnection}. */
    CLIENT("client"),
    /** The side that listens. */
    SERVER("server");

    private final String title;

    Sender(String title) {
        this.title = title;
    }

    /** For messages to people. */
    String title() {
        return title;
    }
}
