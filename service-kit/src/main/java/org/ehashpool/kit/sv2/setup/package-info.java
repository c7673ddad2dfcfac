/**
 * What is decided while a connection is set up: protocol, version, flags, extensions, kind. Pure: messages in, values out.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/03-Protocol-Overview.md">3.6 Common Protocol
 *     Messages</a>
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/extensions/0x0001-extensions-negotiation.md">Extension
 *     0x0001</a>
 */
@NullMarked
package org.ehashpool.kit.sv2.setup;

import org.jspecify.annotations.NullMarked;
