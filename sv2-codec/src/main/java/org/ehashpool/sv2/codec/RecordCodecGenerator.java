package org.ehashpool.sv2.codec;

import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.function.Consumer;
import org.ehashpool.sv2.codec.RecordLayout.Field;

/**
 * Writes for each record the class that one would write by hand:
 *
 * <pre>{@code
 * Object read(Input in) {
 *     int field = 0;
 *     try {
 *         long channelId = in.u32();
 *         field = 1;
 *         List<U256> merklePath = MERKLE_PATH.read(in);
 *         return new SomeMessage(channelId, merklePath);
 *     } catch (FieldException e) {
 *         throw within(field, e);
 *     }
 * }
 * }</pre>
 *
 * and {@code write} and {@code length} likewise. A leaf is a call of {@link Input} or {@link Output}; anything else is a
 * {@link WireType} that the class holds as a constant, so that the compiler sees through it.
 */
final class RecordCodecGenerator {
    private static final ClassDesc SELF = ClassDesc.of(RecordCodec.class.getPackageName(), "DerivedCodec");
    private static final ClassDesc SUPER = desc(RecordCodec.class);
    private static final ClassDesc LAYOUT = desc(RecordLayout.class);
    private static final ClassDesc INPUT = desc(Input.class);
    private static final ClassDesc OUTPUT = desc(Output.class);
    private static final ClassDesc WIRE_TYPE = desc(WireType.class);
    private static final ClassDesc FAILURE = desc(FieldException.class);
    private static final MethodTypeDesc CONSTRUCTOR = MethodTypeDesc.of(CD_void, LAYOUT);
    private static final MethodTypeDesc READ = MethodTypeDesc.of(CD_Object, INPUT);
    private static final MethodTypeDesc WRITE = MethodTypeDesc.of(CD_void, CD_Object, OUTPUT);
    private static final MethodTypeDesc LENGTH = MethodTypeDesc.of(CD_long, CD_Object);
    private static final MethodTypeDesc WITHIN = MethodTypeDesc.of(FAILURE, CD_int, FAILURE);

    private final RecordLayout layout;
    private final ClassDesc record;

    private RecordCodecGenerator(RecordLayout layout) {
        this.layout = layout;
        this.record = desc(layout.type());
    }

    static RecordCodec generate(RecordLayout layout) {
        byte[] bytecode = new RecordCodecGenerator(layout).classFile();
        List<WireType<?>> constants =
                layout.fields().stream().<WireType<?>>map(Field::type).toList();
        try {
            return (RecordCodec) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytecode, constants, true)
                    .lookupClass()
                    .getDeclaredConstructor(RecordLayout.class)
                    .newInstance(layout);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no codec for " + layout.type(), e);
        }
    }

    private byte[] classFile() {
        return ClassFile.of()
                .build(
                        SELF,
                        builder -> builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withSuperclass(SUPER)
                                .withMethodBody(INIT_NAME, CONSTRUCTOR, 0, this::constructor)
                                .withMethodBody("read", READ, 0, this::read)
                                .withMethodBody("write", WRITE, 0, this::write)
                                .withMethodBody("length", LENGTH, 0, this::length));
    }

    private void constructor(CodeBuilder code) {
        code.aload(0).aload(1).invokespecial(SUPER, INIT_NAME, CONSTRUCTOR).return_();
    }

    private void read(CodeBuilder code) {
        int field = code.allocateLocal(TypeKind.INT);
        int[] slots = new int[layout.fields().size()];
        namingFailedField(code, field, body -> {
            for (int i = 0; i < slots.length; i++) {
                Field each = layout.fields().get(i);
                TypeKind kind = TypeKind.from(each.component().getType());
                slots[i] = body.allocateLocal(kind);
                body.loadConstant(i).istore(field);
                readField(body, i, each);
                body.storeLocal(kind, slots[i]);
            }
            body.new_(record).dup();
            for (int i = 0; i < slots.length; i++) {
                body.loadLocal(TypeKind.from(layout.fields().get(i).component().getType()), slots[i]);
            }
            ClassDesc[] parameters = layout.fields().stream()
                    .map(each -> desc(each.component().getType()))
                    .toArray(ClassDesc[]::new);
            body.invokespecial(record, INIT_NAME, MethodTypeDesc.of(CD_void, parameters))
                    .areturn();
        });
    }

    private void readField(CodeBuilder code, int index, Field field) {
        if (field.type() instanceof LeafType<?> leaf) {
            code.aload(1).invokevirtual(INPUT, leaf.method(), MethodTypeDesc.of(desc(leaf.carrier())));
        } else {
            code.loadConstant(constant(index))
                    .aload(1)
                    .invokevirtual(WIRE_TYPE, "read", READ)
                    .checkcast(desc(field.component().getType()));
        }
    }

    private void write(CodeBuilder code) {
        int value = castValue(code);
        int field = code.allocateLocal(TypeKind.INT);
        namingFailedField(code, field, body -> {
            for (int i = 0; i < layout.fields().size(); i++) {
                Field each = layout.fields().get(i);
                body.loadConstant(i).istore(field);
                if (each.type() instanceof LeafType<?> leaf) {
                    body.aload(2);
                    component(body, value, each);
                    body.invokevirtual(OUTPUT, leaf.method(), MethodTypeDesc.of(CD_void, desc(leaf.carrier())));
                } else {
                    body.loadConstant(constant(i));
                    component(body, value, each);
                    body.aload(2).invokevirtual(WIRE_TYPE, "write", WRITE);
                }
            }
            body.return_();
        });
    }

    private void length(CodeBuilder code) {
        int value = castValue(code);
        long fixed = layout.fields().stream()
                .filter(field -> field.type().isFixedLength())
                .mapToLong(field -> field.type().minimumLength())
                .sum();
        code.loadConstant(fixed);
        for (int i = 0; i < layout.fields().size(); i++) {
            Field each = layout.fields().get(i);
            if (!each.type().isFixedLength()) {
                code.loadConstant(constant(i));
                component(code, value, each);
                code.invokevirtual(WIRE_TYPE, "length", LENGTH).ladd();
            }
        }
        code.lreturn();
    }

    /** Runs the body; a failure leaves with the name of the field whose index is in that local variable. */
    private static void namingFailedField(CodeBuilder code, int field, Consumer<CodeBuilder> body) {
        Label begin = code.newLabel();
        Label end = code.newLabel();
        code.loadConstant(0).istore(field).labelBinding(begin);
        body.accept(code);
        code.labelBinding(end);
        int failure = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(failure)
                .aload(0)
                .iload(field)
                .aload(failure)
                .invokevirtual(SUPER, "within", WITHIN)
                .athrow()
                .exceptionCatch(begin, end, end, FAILURE);
    }

    private int castValue(CodeBuilder code) {
        int value = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(1).checkcast(record).astore(value);
        return value;
    }

    private void component(CodeBuilder code, int value, Field field) {
        code.aload(value)
                .invokevirtual(
                        record,
                        field.component().getName(),
                        MethodTypeDesc.of(desc(field.component().getType())));
    }

    /** The field's {@link WireType}, from the class data. */
    private static DynamicConstantDesc<?> constant(int index) {
        return DynamicConstantDesc.ofNamed(
                ConstantDescs.ofConstantBootstrap(CD_MethodHandles, "classDataAt", CD_Object, CD_int),
                DEFAULT_NAME,
                WIRE_TYPE,
                index);
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
