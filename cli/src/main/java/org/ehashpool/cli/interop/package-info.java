/**
 * {@code ./ehash interop}: our Stratum V2 ends against software that nobody here wrote.
 *
 * <p>A foreign peer is an executable that keeps the contract of {@code testing/interop/README.md}: arguments in, one JSON
 * object a line out, an exit status. {@link org.ehashpool.cli.interop.InteropCommand} plays scenarios between such a
 * process and each {@link org.ehashpool.cli.interop.OurEnd}, over loopback, and says which passed.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md">Protocol security, chapter
 *     4 of the specification</a>
 */
@NullMarked
package org.ehashpool.cli.interop;

import org.jspecify.annotations.NullMarked;
