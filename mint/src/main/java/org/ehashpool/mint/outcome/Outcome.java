package org.ehashpool.mint.outcome;

import java.util.function.Function;
import org.ehashpool.cashu.error.ErrorCode;

/**
 * What became of a request. What is neither, a database that is away for instance, is thrown.
 *
 * @param <T> what was asked for
 */
public sealed interface Outcome<T> {

    /** It was done, durably; or it had been done before, and this is the same answer. */
    record Done<T>(T value) implements Outcome<T> {}

    /** Nothing was done. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <T> Outcome<T> refused(ErrorCode code, String detail) {
        return new Refused<>(new Refusal(code, detail));
    }

    /** The next step with what was asked for, or the same refusal. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Done<T> done -> next.apply(done.value());
            case Refused<T> refused -> new Refused<>(refused.refusal());
        };
    }
}
