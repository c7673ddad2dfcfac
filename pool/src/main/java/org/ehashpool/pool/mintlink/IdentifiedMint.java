package org.ehashpool.pool.mintlink;

/**
 * A mint that has proved who it is, on one connection.
 *
 * @param mint what the pool knows of it
 * @param url where wallets find it: what the operator says, otherwise what the mint has signed
 * @param window requests it takes unanswered
 */
public record IdentifiedMint(PinnedMint mint, String url, int window) {}
