package org.ehashpool.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Words for the person at the terminal, where a stack trace would hide them. */
final class Failure {
    private Failure() {}

    /** What went wrong; with the failure's kind where its message alone says too little. */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.toString();
        }
        return switch (failure) {
            case NoSuchFileException missing -> "no such file or directory: " + message;
            case AccessDeniedException denied -> "permission denied: " + message;
            case FileAlreadyExistsException exists -> "exists already: " + message;
            case IllegalArgumentException wrong -> message;
            case IllegalStateException wrong -> message;
            case Throwable other -> other.getClass().getSimpleName() + ": " + message;
        };
    }
}
