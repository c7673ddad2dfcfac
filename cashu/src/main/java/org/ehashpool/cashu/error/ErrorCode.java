package org.ehashpool.cashu.error;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The reasons of a refusal, with their numbers.
 *
 * <p>Where the table has no number for a reason, as for a quote that does not exist, the mint answers 0, as CDK does
 * with its "unknown error": a wallet then shows the words.
 */
public enum ErrorCode {
    PROOF_INVALID(10001, "Proof verification failed"),
    PROOFS_SPENT(11001, "Proofs already spent"),
    PROOFS_PENDING(11002, "Proofs are pending"),
    OUTPUTS_SIGNED(11003, "Outputs already signed"),
    OUTPUTS_PENDING(11004, "Outputs are pending"),
    TRANSACTION_UNBALANCED(11005, "Transaction is not balanced"),
    AMOUNT_OUTSIDE_LIMIT(11006, "Amount outside of limit range"),
    DUPLICATE_INPUTS(11007, "Duplicate inputs provided"),
    DUPLICATE_OUTPUTS(11008, "Duplicate outputs provided"),
    MULTIPLE_UNITS(11009, "Inputs or outputs of multiple units"),
    UNIT_MISMATCH(11010, "Inputs and outputs not of same unit"),
    AMOUNTLESS_INVOICE_UNSUPPORTED(11011, "Amountless invoice is not supported"),
    INVOICE_AMOUNT_MISMATCH(11012, "Amount in request does not equal invoice"),
    UNIT_UNSUPPORTED(11013, "Unit in request is not supported"),
    MAX_INPUTS_EXCEEDED(11014, "Max inputs exceeded"),
    MAX_OUTPUTS_EXCEEDED(11015, "Max outputs exceeded"),
    DUPLICATE_QUOTES(11016, "Duplicate quote IDs provided"),
    MAX_BATCH_SIZE_EXCEEDED(11017, "Max batch size exceeded"),
    KEYSET_UNKNOWN(12001, "Keyset is not known"),
    KEYSET_INACTIVE(12002, "Keyset is inactive, cannot sign messages"),
    KEYSET_EXPIRED(12003, "Keyset has expired"),
    QUOTE_NOT_PAID(20001, "Quote request is not paid"),
    QUOTE_ISSUED(20002, "Quote has already been issued"),
    MINTING_DISABLED(20003, "Minting is disabled"),
    PAYMENT_FAILED(20004, "Lightning payment failed"),
    QUOTE_PENDING(20005, "Quote is pending"),
    INVOICE_PAID(20006, "Invoice already paid"),
    QUOTE_EXPIRED(20007, "Quote is expired"),
    QUOTE_SIGNATURE_INVALID(20008, "Signature for mint request invalid"),
    QUOTE_KEY_REQUIRED(20009, "Pubkey required for mint quote"),
    CLEAR_AUTH_REQUIRED(30001, "Endpoint requires clear auth"),
    CLEAR_AUTH_FAILED(30002, "Clear authentication failed"),
    BLIND_AUTH_REQUIRED(31001, "Endpoint requires blind auth"),
    BLIND_AUTH_FAILED(31002, "Blind authentication failed"),
    BLIND_AUTH_AMOUNT_EXCEEDED(31003, "Maximum BAT mint amount exceeded"),
    BLIND_AUTH_RATE_EXCEEDED(31004, "BAT mint rate limit exceeded"),
    /** The table has none. */
    QUOTE_UNKNOWN(0, "Quote is not known"),
    /** The table has none. */
    LOOKUP_INVALID(0, "Quote lookup is not valid"),
    /** The table has none. */
    REQUEST_INVALID(0, "Request is not valid"),
    /**
     * The conditions that a proof is locked to are not met. The table has none for it; this is the one of CDK's mint,
     * that wallets know, the same as for a signature on a quote.
     */
    WITNESS_INVALID(20008, "Witness is missing or not valid");

    private static final Map<Integer, ErrorCode> BY_NUMBER = Arrays.stream(values())
            .filter(code -> code.number != 0)
            .collect(Collectors.toUnmodifiableMap(
                    ErrorCode::number, Function.identity(), (ofTheTable, other) -> ofTheTable));

    private final int number;
    private final String words;

    ErrorCode(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** The code of that number; empty of 0 and of numbers that are none. */
    public static Optional<ErrorCode> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** In the answer's {@code code}; 0 where the table has no number. */
    public int number() {
        return number;
    }

    /** What it means, in the table's words. */
    public String words() {
        return words;
    }
}
