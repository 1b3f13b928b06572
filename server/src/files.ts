/** How the server reaches files. Paths are opaque strings; open editors' buffers win over what the host reads. */
import type { SourceHost } from '@pysm/compiler';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** The file system, given by the entry point (node.ts, or a browser's). Nothing here throws. */
export interface FileHost {
  /** Bytes of a file, undefined where there is none or it cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** A text that changes whenever the file does (time and size), undefined where there is none. */
  stamp(path: string): string | undefined;
  /** Folder that a path lies in, undefined at the root. */
  parent(path: string): string | undefined;
  /** A path relative to a folder. */
  join(folder: string, relative: string): string;
  /** As {@link SourceHost.resolveSibling}. */
  resolveSibling(fromPath: string, name: string): string;
  /** Path of a URI; undefined for everything that is no file: untitled buffers, notebook cells, sides of a diff view. */
  toPath(uri: string): string | undefined;
  toUri(path: string): string;
}

/** Files as the user sees them at this moment. */
export class Files {
  readonly host: FileHost;
  readonly #open = new Map<string, { readonly document: TextDocument; readonly generation: number }>();
  #generation = 0;

  constructor(host: FileHost) {
    this.host = host;
  }

  opened(document: TextDocument): void {
    const path = this.host.toPath(document.uri);
    if (path !== undefined) this.#open.set(path, { document, generation: ++this.#generation });
  }

  closed(document: TextDocument): void {
    const path = this.host.toPath(document.uri);
    if (path !== undefined) this.#open.delete(path);
  }

  /** The open editor of a file. */
  document(path: string): TextDocument | undefined {
    return this.#open.get(path)?.document;
  }

  get openPaths(): readonly string[] {
    return [...this.#open.keys()];
  }

  read(path: string): string | Uint8Array | undefined {
    return this.document(path)?.getText() ?? this.host.read(path);
  }

  /** Text of a file; bytes that are not UTF-8 become U+FFFD. */
  readText(path: string): string | undefined {
    const content = this.read(path);
    return content instanceof Uint8Array ? new TextDecoder().decode(content) : content;
  }

  /** Equal for two moments if and only if the file is the same at both. */
  version(path: string): string {
    const open = this.#open.get(path);
    // Versions of a document begin anew whenever it is opened.
    return open ? `open ${open.generation}.${open.document.version}` : (this.host.stamp(path) ?? 'missing');
  }

  /** A host for one compilation, and the version of each file that it looked at. */
  recorder(): { readonly host: SourceHost; readonly versions: ReadonlyMap<string, string> } {
    const versions = new Map<string, string>();
    const host: SourceHost = {
      read: (path) => {
        versions.set(path, this.version(path));
        return this.read(path);
      },
      resolveSibling: (from, name) => this.host.resolveSibling(from, name),
    };
    return { host, versions };
  }

  /** Whether all files are still what they were. */
  areUnchanged(versions: ReadonlyMap<string, string>): boolean {
    for (const [path, version] of versions) if (this.version(path) !== version) return false;
    return true;
  }
}
