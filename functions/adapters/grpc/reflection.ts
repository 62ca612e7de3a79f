import { createRegistry, type DescFile, type DescService, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { Code, type ConnectRouter } from '@connectrpc/connect';
import { ServerReflection as V1 } from '../../../events/grpc/grpc/reflection/v1/reflection_pb.ts';
import { ServerReflection as V1Alpha } from '../../../events/grpc/grpc/reflection/v1alpha/reflection_pb.ts';

/** Both versions ask alike. */
interface Question {
  readonly case: string | undefined;
  readonly value?: unknown;
}

/** A file and what it imports, each once, imports first. */
const withImports = (file: DescFile, seen = new Set<string>()): readonly DescFile[] => {
  if (seen.has(file.name)) return [];
  seen.add(file.name);
  return [...file.dependencies.flatMap((each) => withImports(each, seen)), file];
};

const protos = (file: DescFile): readonly Uint8Array[] =>
  withImports(file).map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto));

const notFound = (what: string) => ({
  case: 'errorResponse' as const,
  value: { errorCode: Code.NotFound, errorMessage: `${what} is not known here` },
});

/** What is answered about these services: by tools that list, describe and call them without having their files. */
const answererOf = (services: readonly DescService[]) => {
  const all = services.flatMap(({ file }) => withImports(file));
  const byName = new Map(all.map((file) => [file.proto.name, file]));
  const registry = createRegistry(...all);
  const files = (file: DescFile | undefined, what: string) =>
    file === undefined
      ? notFound(what)
      : { case: 'fileDescriptorResponse' as const, value: { fileDescriptorProto: [...protos(file)] } };

  const fileOf = (symbol: string): DescFile | undefined =>
    (registry.get(symbol) ?? registry.get(symbol.slice(0, symbol.lastIndexOf('.'))))?.file;

  return (question: Question) => {
    const asked = String(question.value);
    switch (question.case) {
      case 'listServices':
        return {
          case: 'listServicesResponse' as const,
          value: { service: services.map(({ typeName }) => ({ name: typeName })) },
        };
      case 'fileByFilename':
        return files(byName.get(asked), asked);
      case 'fileContainingSymbol':
        return files(fileOf(asked), asked);
      case 'allExtensionNumbersOfType':
        return {
          case: 'allExtensionNumbersResponse' as const,
          value: { baseTypeName: asked, extensionNumber: [] },
        };
      default:
        return notFound('it');
    }
  };
};

/** Adds server reflection, in the version that tools use now and in the one that older tools know. */
export const addReflection = (router: ConnectRouter, services: readonly DescService[]): void => {
  const answer = answererOf([...services, V1, V1Alpha]);
  router.service(V1, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        const messageResponse = answer(request.messageRequest);
        yield { validHost: request.host, originalRequest: request, messageResponse };
      }
    },
  });
  router.service(V1Alpha, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        const messageResponse = answer(request.messageRequest);
        yield { validHost: request.host, originalRequest: request, messageResponse };
      }
    },
  });
};
