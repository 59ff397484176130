// FreeTDSEngine
