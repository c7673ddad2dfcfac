/**
 * The data types of the protocol: immutable values ({@link org.ehashpool.sv2.type.U256}, {@link
 * org.ehashpool.sv2.type.Bytes}, {@link org.ehashpool.sv2.type.Text}) and, as type annotations, the wire widths of what
 * Java has types for. {@code boolean} is BOOL, {@code Optional} and {@code OptionalLong} are OPTION; both need no
 * annotation.
 *
 * <p>Byte order belongs to the type: "Multibyte data types are always serialized as little-endian."
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/03-Protocol-Overview.md#31-data-types-mapping">Data
 *     types mapping, section 3.1</a>
 */
@NullMarked
package org.ehashpool.sv2.type;

import org.jspecify.annotations.NullMarked;
