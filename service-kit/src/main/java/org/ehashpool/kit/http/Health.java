package org.ehashpool.kit.http;

/**
 * What a check found.
 *
 * @param up whether the service can do its work as far as this check goes
 * @param detail for the operator; no secret
 */
public record Health(boolean up, String detail) {

    public static Health up(String detail) {
        return new Health(true, detail);
    }

    public static Health down(String detail) {
        return new Health(false, detail);
    }
}
