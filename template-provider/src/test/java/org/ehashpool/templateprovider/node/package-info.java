@NullMarked
package org.ehashpool.templateprovider.node;

import org.jspecify.annotations.NullMarked;
