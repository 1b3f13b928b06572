/** Module names that an import may mean besides files of the program. */

/** Modules of the runtime that programs may import (files in runtime/). */
export const RUNTIME_MODULES: ReadonlySet<string> = new Set(['machine', 'time']);

/** Modules whose functions are instructions. `_core` is for the runtime alone. */
export const INTRINSIC_MODULES: ReadonlySet<string> = new Set(['compiler.intrinsics', '_core']);

/** Packages that people know as C extensions or as wrappers of one. */
export const C_EXTENSIONS: ReadonlySet<string> = new Set(
  `numpy scipy pandas matplotlib torch tensorflow jax sklearn cv2 PIL numba cython cffi lxml psycopg2 pyarrow
  polars h5py cupy numexpr pygame regex orjson ujson msgpack cryptography bcrypt nacl zmq grpc gevent greenlet
  pyodbc mysqlclient MySQLdb xgboost lightgbm shapely skimage sympy_symengine gmpy2 pywt netCDF4 fastparquet
  serial usb smbus spidev RPi lgpio gpiod`.split(/\s+/),
);

/** Top-level names of CPython 3.11's standard library (`sys.stdlib_module_names`, without the private ones). */
export const STANDARD_LIBRARY: ReadonlySet<string> = new Set(
  `abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins
  bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent
  configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis
  distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib
  functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib
  imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap
  marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers
  opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix
  posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline
  reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr
  socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
  subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading
  timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata
  unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp
  zipfile zipimport zlib zoneinfo`.split(/\s+/),
);
