@NullMarked
package org.ehashpool.templateprovider;

import org.jspecify.annotations.NullMarked;
