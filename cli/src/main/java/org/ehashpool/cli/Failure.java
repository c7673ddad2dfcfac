package org.ehashpool.cli;

/** Words for the person at the terminal, where a stack trace would hide them. */
final class Failure {
    private Failure() {}

    /** The message of the failure, with its kind where the message alone says too little. */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.toString();
        }
        return failure instanceof IllegalArgumentException || failure instanceof IllegalStateException
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }
}
