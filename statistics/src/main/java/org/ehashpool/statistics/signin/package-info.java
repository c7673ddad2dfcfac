/**
 * Who may act: sessions that begin with a token, and what tells a request of our own pages from one that another site
 * made a browser send.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265">RFC 6265, cookies</a>
 */
@NullMarked
package org.ehashpool.statistics.signin;

import org.jspecify.annotations.NullMarked;
